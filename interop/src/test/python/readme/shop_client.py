# SPDX-License-Identifier: Apache-2.0
import sys

from twisted.cred import credentials
from twisted.internet import endpoints, task
from twisted.spread import pb


# [begin types]
class Item(pb.Copyable, pb.RemoteCopy):
    def getTypeToCopy(self):
        return b"shop.Item"


class Stock(pb.RemoteCache):
    def observe_put(self, name, count):
        self.entries[name] = count

    def observe_removed(self, name):
        del self.entries[name]


pb.setUnjellyableForClass("shop.Item", Item)
pb.setUnjellyableForClass("shop.Stock", Stock)
# [end types]


# [begin client]
async def main(reactor, endpoint):
    factory = pb.PBClientFactory()
    await endpoints.clientFromString(reactor, endpoint).connect(factory)
    shop = await factory.login(credentials.UsernamePassword(b"ada", b"sesame"))
    [tea] = await shop.callRemote("items")
    stock = await shop.callRemote("stock")
    counter = await shop.callRemote("counter")
    print("tea costs %d, %d are left" % (tea.cents, stock.entries["tea"]))
    print(await counter.callRemote("buy", tea))
    print(stock.entries["tea"], "are left")


# [end client]


task.react(main, sys.argv[1:])
