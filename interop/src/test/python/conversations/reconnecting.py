# SPDX-License-Identifier: Apache-2.0
"""A client that comes back to a server that restarts. ReconnectingConversation.java is the twin."""

from twisted.internet import defer, protocol, reactor
from twisted.spread import pb


class Desk(pb.Referenceable):
    def remote_ping(self):
        return "pong"


class Server(pb.Root):
    def __init__(self, host):
        self.host = host
        self.restarts = 0

    def remote_greet(self, name):
        return "hello %s, after %d restarts" % (name, self.restarts)

    def remote_desk(self):
        return Desk()

    def remote_hold(self):
        """Is never answered."""
        self.host.say("holds a call")
        return defer.Deferred()

    def remote_restart(self):
        self.restarts += 1
        self.host.say("restarts")
        reactor.callLater(0, self.host.restart)


def server(host):
    return pb.PBServerFactory(Server(host))


class Returning(pb.PBClientFactory, protocol.ReconnectingClientFactory):
    """Connects again, soon."""

    initialDelay = 0.01
    maxDelay = 0.1

    def clientConnectionLost(self, connector, reason):
        pb.PBClientFactory.clientConnectionLost(self, connector, reason, reconnecting=1)
        protocol.ReconnectingClientFactory.clientConnectionLost(self, connector, reason)

    def clientConnectionFailed(self, connector, reason):
        self.retry(connector)


async def client(visit):
    factory = visit.connect(Returning())
    for time in range(3):
        root = await factory.getRootObject()
        visit.say("greeted", await root.callRemote("greet", "ada"))
        desk = await root.callRemote("desk")
        visit.say("an object of it", await desk.callRemote("ping"))
        if time < 2:
            held = visit.outcome("a call under way", root.callRemote, "hold")
            root.callRemote("restart").addErrback(lambda failure: None)
            await held
            await visit.outcome("the object then", desk.callRemote, "ping")
    factory.stopTrying()
