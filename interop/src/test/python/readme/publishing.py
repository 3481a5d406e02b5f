# SPDX-License-Identifier: Apache-2.0
import sys

from twisted.internet import endpoints, reactor, task
from twisted.spread import pb


class Weather(pb.Referenceable):
    def remote_tomorrow(self):
        return "rain"


# [begin server]
class Desk(pb.Root):
    def rootObject(self, broker):  # called for each connection
        broker.setNameForLocal(b"weather", Weather())
        return DeskOf(broker)


class DeskOf(pb.Referenceable):
    def __init__(self, broker):
        self.broker = broker

    def remote_shut(self):
        del self.broker.localObjects[b"weather"]


# [end server]


# [begin client]
async def run(root):
    weather = root.broker.remoteForName(b"weather")
    print(await weather.callRemote("tomorrow"))
    await root.callRemote("shut")
    try:
        await weather.callRemote("tomorrow")
    except pb.RemoteError as error:
        print(error.args[0])


# [end client]


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


async def main(reactor, endpoint):
    factory = pb.PBClientFactory()
    await endpoints.clientFromString(reactor, endpoint).connect(factory)
    await run(await factory.getRootObject())


if sys.argv[1] == "serve":
    endpoint = endpoints.serverFromString(reactor, sys.argv[2])
    endpoint.listen(pb.PBServerFactory(Desk())).addCallback(listening)
    reactor.run()
else:
    task.react(main, sys.argv[2:])
