# SPDX-License-Identifier: Apache-2.0
"""A process that takes part in conversations, as server or client, under a test's command.

Its commands come as those of peer.py do.
"""

import importlib

from twisted.internet import address, defer
from twisted.spread import pb

import peer
import transports
from conversations import Speaker


class Connection(pb.Broker):
    """One that its factory knows of, and that does not hold back small messages."""

    def connectionMade(self):
        # Else a call right after an answer waits 40 ms for the answer's delayed acknowledgement.
        if not isinstance(self.transport.getHost(), address.UNIXAddress):
            self.transport.setTcpNoDelay(True)
        self.ended = defer.Deferred()
        self.factory.open.append(self)
        pb.Broker.connectionMade(self)

    def connectionLost(self, reason):
        pb.Broker.connectionLost(self, reason)
        self.factory.open.remove(self)
        self.ended.callback(None)


def watched(factory):
    factory.protocol = Connection
    factory.open = []
    return factory


def hang_up(factory):
    """Ends all connections of a factory, and waits for it."""
    ending = [each.ended for each in factory.open]
    for each in factory.open:
        each.transport.loseConnection()
    return defer.gatherResults(ending)


class Host(Speaker):
    """The server of one conversation."""

    def __init__(self, feature, kind, folder):
        Speaker.__init__(self)
        self.kind = kind
        self.folder = folder
        self.factory = watched(conversation(feature).server(self))
        self.place = None
        self.listen()

    def listen(self):
        self.port = transports.listen_at(self.kind, self.folder, self.place, self.factory)
        self.place = transports.place_of(self.port)

    @defer.inlineCallbacks
    def stop(self):
        yield self.port.stopListening()
        yield hang_up(self.factory)

    def restart(self):
        """Ends all connections, and listens again at the same place."""
        return self.stop().addCallback(lambda done: self.listen())


class Visit(Speaker):
    """The client of one conversation."""

    def __init__(self, kind, folder, place):
        Speaker.__init__(self)
        self.way = kind, folder, place
        self.factories = []

    def connect(self, factory):
        """Begins to connect a factory to the server."""
        self.factories.append(watched(factory))
        transports.connect(*self.way, factory)
        return factory

    def root(self):
        """The root object, on a connection of its own."""
        return self.connect(pb.PBClientFactory()).getRootObject()

    def leave(self):
        return defer.gatherResults([hang_up(factory) for factory in self.factories])


def conversation(feature):
    return importlib.import_module("conversations." + feature)


class Speakers:
    """What a test may command."""

    def __init__(self):
        self.hosts = {}

    def do_make_certificates(self, folder):
        transports.make_certificates(folder)

    def do_serve(self, feature, kind, folder):
        host = Host(feature, kind, folder)
        self.hosts[host.place] = host
        return host.place

    @defer.inlineCallbacks
    def do_visit(self, feature, kind, folder, place):
        """Has the whole conversation; tells what the client said."""
        visit = Visit(kind, folder, place)
        try:
            yield defer.ensureDeferred(conversation(feature).client(visit))
        finally:
            yield visit.leave()
        return visit.lines

    @defer.inlineCallbacks
    def do_end(self, place):
        """Ends a server; tells what it said."""
        host = self.hosts.pop(place)
        yield host.stop()
        return host.lines


if __name__ == "__main__":
    peer.run(Speakers())
