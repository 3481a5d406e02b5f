# SPDX-License-Identifier: Apache-2.0
"""A Twisted echo server on a free port, which it prints. Answers each line with its usage; ends with its input."""

from twisted.internet import reactor, stdio
from twisted.protocols.basic import LineReceiver
from twisted.spread import pb

from payloads import report_errors, usage


class Echo(pb.Root):
    def remote_echo(self, value):
        return value


class QuickBroker(pb.Broker):
    def connectionMade(self):
        self.transport.setTcpNoDelay(True)  # as Spindle does, to compare the best of both
        pb.Broker.connectionMade(self)


class Questions(LineReceiver):
    delimiter = b"\n"

    def lineReceived(self, line):
        self.sendLine(usage().encode("ascii"))

    def connectionLost(self, reason=None):
        reactor.stop()


report_errors()
factory = pb.PBServerFactory(Echo())
factory.protocol = QuickBroker
port = reactor.listenTCP(0, factory, interface="127.0.0.1")
print(port.getHost().port, flush=True)
stdio.StandardIO(Questions())
reactor.run()
