# SPDX-License-Identifier: Apache-2.0
# [begin server]
import sys

from twisted.internet import endpoints, reactor
from twisted.spread import pb


class Greeter(pb.Root):
    def remote_greet(self, name):
        return "hello " + name


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


endpoint = endpoints.serverFromString(reactor, sys.argv[1])
endpoint.listen(pb.PBServerFactory(Greeter())).addCallback(listening)
reactor.run()
# [end server]
