# SPDX-License-Identifier: Apache-2.0
"""The office of the page on calls, in Twisted."""
import sys

from twisted.internet import defer, endpoints, reactor
from twisted.spread import pb


class Office(pb.Root):
    total = 0

    def remote_report(self, number):
        return defer.Deferred()  # is never ready

    def remote_part(self, part):
        self.total += len(part)

    def remote_total(self):
        return self.total


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


endpoint = endpoints.serverFromString(reactor, sys.argv[1])
endpoint.listen(pb.PBServerFactory(Office())).addCallback(listening)
reactor.run()
