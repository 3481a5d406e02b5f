# SPDX-License-Identifier: Apache-2.0
import sys
from decimal import Decimal

from twisted.internet import endpoints, reactor
from twisted.spread import pb


# [begin server]
class Shop(pb.Root):
    tea = {"name": "tea", "count": 7, "price": Decimal("9.50"), "colour": "GREEN"}

    def remote_find(self, text, limit=1):
        return [self.tea][:limit] if text in self.tea["name"] else []

    def remote_sell(self, name, count, listener):
        self.tea = dict(self.tea, count=self.tea["count"] - count)
        listener.callRemote("sold", self.tea)
        return self.tea

    def remote_stock(self):
        return {self.tea["name"]: self.tea["count"]}


# [end server]


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


endpoint = endpoints.serverFromString(reactor, sys.argv[1])
endpoint.listen(pb.PBServerFactory(Shop())).addCallback(listening)
reactor.run()
