# SPDX-License-Identifier: Apache-2.0
# [begin server]
import sys

from twisted.internet import endpoints, reactor
from twisted.spread import pb, util


class FileServer(pb.Root):
    def remote_download(self, collector):
        file = open(sys.argv[2], "rb")
        util.FilePager(collector, file, file.close)


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


endpoint = endpoints.serverFromString(reactor, sys.argv[1])
endpoint.listen(pb.PBServerFactory(FileServer())).addCallback(listening)
reactor.run()
# [end server]
