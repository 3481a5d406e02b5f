# SPDX-License-Identifier: Apache-2.0
"""The server of the page on clients that come back, in Twisted."""
import sys

from twisted.cred import checkers, portal
from twisted.internet import defer, endpoints, reactor
from twisted.spread import pb
from zope.interface import implementer


class Queue(pb.Referenceable):
    def __init__(self, worker):
        self.worker = worker

    def remote_whose(self):
        return "the queue of " + self.worker


class Account(pb.Avatar):
    def __init__(self, name, mind):
        self.name = name
        self.mind = mind

    def perspective_greet(self, text):
        return text + " " + self.name

    def perspective_register(self, worker):
        return Queue(worker)

    def perspective_hangUp(self):
        self.mind.broker.transport.loseConnection()
        return defer.Deferred()  # whose answer never comes


@implementer(portal.IRealm)
class Realm:
    def requestAvatar(self, name, mind, *interfaces):
        return pb.IPerspective, Account(name.decode("utf-8"), mind), lambda: None


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


users = checkers.InMemoryUsernamePasswordDatabaseDontUse(ada=b"sesame")
factory = pb.PBServerFactory(portal.Portal(Realm(), [users]))
endpoints.serverFromString(reactor, sys.argv[1]).listen(factory).addCallback(listening)
reactor.run()
