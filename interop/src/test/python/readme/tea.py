# SPDX-License-Identifier: Apache-2.0
import sys

from twisted.internet import endpoints, reactor, task
from twisted.spread import pb


# [begin server]
class OutOfTea(pb.Error):
    __module__ = "shop"  # as in a file shop.py: its name on the wire is shop.OutOfTea


class Shop(pb.Root):
    def remote_order(self, drink):
        raise OutOfTea("no more " + drink)


# [end server]


# [begin client]
def order(root):
    def no_tea(failure):
        failure.trap("shop.OutOfTea")
        print(failure.getErrorMessage() + ": coffee, then")

    return root.callRemote("order", "tea").addErrback(no_tea)


# [end client]


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


async def main(reactor, endpoint):
    factory = pb.PBClientFactory()
    await endpoints.clientFromString(reactor, endpoint).connect(factory)
    await order(await factory.getRootObject())


if sys.argv[1] == "serve":
    endpoint = endpoints.serverFromString(reactor, sys.argv[2])
    endpoint.listen(pb.PBServerFactory(Shop())).addCallback(listening)
    reactor.run()
else:
    task.react(main, sys.argv[2:])
