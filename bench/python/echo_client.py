# SPDX-License-Identifier: Apache-2.0
"""Measures a Twisted client: reads "PAYLOAD IN_FLIGHT MILLIS" lines, prints calls, seconds and usage."""

import sys
import time

import twisted
from twisted.internet import defer, reactor, stdio
from twisted.protocols.basic import LineReceiver
from twisted.spread import pb

from payloads import PAYLOADS, report_errors


class Flight:
    """Keeps so many calls in flight for so long, each answer making the next call; ends with calls and seconds."""

    def __init__(self, root, payload, in_flight, millis):
        self.root = root
        self.payload = payload
        self.open = in_flight
        self.answered = 0
        self.begin = time.perf_counter_ns()
        self.end = self.begin + millis * 1_000_000
        self.done = defer.Deferred()
        for _ in range(in_flight):
            self.call()

    def call(self):
        self.root.callRemote("echo", self.payload).addCallbacks(self.next, self.done.errback)

    def next(self, value):
        self.answered += 1
        now = time.perf_counter_ns()
        if now < self.end:
            self.call()
        else:
            self.open -= 1
            if self.open == 0:
                self.done.callback((self.answered, (now - self.begin) / 1e9))


class Orders(LineReceiver):
    delimiter = b"\n"

    def __init__(self, root):
        self.root = root

    def lineReceived(self, line):
        self.measure(line).addErrback(give_up)

    @defer.inlineCallbacks
    def measure(self, line):
        name, in_flight, millis = line.decode("ascii").split()
        payload = PAYLOADS[name]
        echoed = yield self.root.callRemote("echo", payload)
        assert echoed == payload, echoed
        before = time.process_time_ns()
        calls, seconds = yield Flight(self.root, payload, int(in_flight), int(millis)).done
        used = time.process_time_ns() - before
        self.sendLine(("%d %r %d 0" % (calls, seconds, used)).encode("ascii"))

    def connectionLost(self, reason=None):
        reactor.stop()


def give_up(failure):
    failure.printTraceback()
    reactor.stop()


def connected(root):
    root.broker.transport.setTcpNoDelay(True)
    version = "Twisted %s on Python %s" % (twisted.__version__, sys.version.split()[0])
    print(version, flush=True)
    stdio.StandardIO(Orders(root))


report_errors()
factory = pb.PBClientFactory()
reactor.connectTCP("127.0.0.1", int(sys.argv[1]), factory)
factory.getRootObject().addCallback(connected).addErrback(give_up)
reactor.run()
