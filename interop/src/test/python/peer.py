# SPDX-License-Identifier: Apache-2.0
"""A Twisted peer under a test's command.

Takes one JSON line for each command on its input and answers each with one on its output, in the
order of completion: {"id", "on", "do", "args"} with {"id", "value"} or {"id", "broken"}. Before all
else it says {}, when it is ready. It ends when its input does, so that no test can leave it behind.
"""

import json
import sys

from twisted.internet import defer, reactor, stdio
from twisted.protocols.basic import LineReceiver
from twisted.python import log
from twisted.spread import banana, pb

import logins
import transports
from meeting import Doorstep, Meeting


class Peer:
    """What commands are addressed to that belong to no connection."""

    def __init__(self):
        self.meetings = {}
        self.places = {}
        self.realm = logins.Realm()

    def meet(self, number, connect):
        meeting = self.meetings[number] = Meeting()
        factory = pb.PBClientFactory()
        connect(factory)
        return (
            factory.getRootObject()
            .addCallback(lambda root: root.callRemote("meet", number, meeting.lab))
            .addCallback(meeting.begin)
        )

    def do_make_certificates(self, folder):
        transports.make_certificates(folder)

    def do_listen(self, kind, folder):
        return self.place(kind, folder, lambda: pb.PBServerFactory(Doorstep(self.meetings)))

    def do_listen_for_logins(self, kind, folder, anonymous):
        return self.place(kind, folder, lambda: logins.server(self.realm, anonymous), anonymous)

    def place(self, kind, folder, factory, *what):
        """Where there is a server; the first who asks begins it."""
        key = kind, folder, *what
        if key not in self.places:
            self.places[key] = transports.listen(kind, folder, factory())
        return self.places[key]

    def do_dial(self, kind, folder, number, place):
        """Connects to the test's server and meets its lab."""
        return self.meet(
            number, lambda factory: transports.connect(kind, folder, place, factory)
        )

    def do_visit(self, kind, folder, number, place):
        """Connects to the test's server with logins."""
        self.meetings[number] = logins.Visit(
            lambda factory: transports.connect(kind, folder, place, factory)
        )

    def do_forget(self, number):
        self.meetings.pop(number, None)

    def do_left(self):
        return self.realm.left


class Commands(LineReceiver):
    delimiter = b"\n"
    MAX_LENGTH = 1 << 24

    def __init__(self, peer):
        self.peer = peer

    def connectionMade(self):
        self.write({})

    def lineReceived(self, line):
        command = json.loads(line)
        on = command["on"]
        target = self.peer if on is None else self.peer.meetings[on]
        done = defer.maybeDeferred(getattr(target, "do_" + command["do"]), *command["args"])
        done.addCallbacks(
            lambda value: self.write({"id": command["id"], "value": value}),
            lambda failure: self.write({"id": command["id"], "broken": failure.getTraceback()}),
        )

    def write(self, reply):
        self.sendLine(json.dumps(reply).encode("ascii"))

    def connectionLost(self, reason=None):
        if reactor.running:
            reactor.stop()


def main(dialect):
    # Both roles know only this one, whatever the other side offers or knows.
    banana.Banana.knownDialects = [dialect.encode("ascii")]
    run(Peer())


def run(peer):
    """Takes commands for a peer until there are no more."""
    # Standard error is shown when a test fails: for what went wrong, not for connections.
    pb.PBClientFactory.noisy = pb.PBServerFactory.noisy = False
    log.startLogging(sys.stderr, setStdout=False)
    stdio.StandardIO(Commands(peer))
    reactor.run()


if __name__ == "__main__":
    main(sys.argv[1])
