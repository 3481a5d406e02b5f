# SPDX-License-Identifier: Apache-2.0
import sys

from twisted.cred import checkers, portal
from twisted.internet import endpoints, reactor
from twisted.spread import pb
from zope.interface import implementer


# [begin copy]
class Item(pb.Copyable, pb.RemoteCopy):
    def getTypeToCopy(self):
        return b"shop.Item"

    def __init__(self, name, cents):
        self.name = name
        self.cents = cents


pb.setUnjellyableForClass("shop.Item", Item)
# [end copy]


# [begin cache]
class Stock(pb.Cacheable):
    def getTypeToCopy(self):
        return b"shop.Stock"

    def __init__(self, entries):
        self.entries = entries
        self.observers = []

    def getStateToCacheAndObserveFor(self, perspective, observer):
        self.observers.append(observer)
        return {"entries": dict(self.entries)}

    def stoppedObserving(self, perspective, observer):
        self.observers.remove(observer)

    def put(self, name, count):
        self.entries[name] = count
        for observer in self.observers:
            observer.callRemote("put", name, count)


# [end cache]


# [begin view]
class Counter(pb.Viewable):
    def view_buy(self, customer, item):
        stock.put(item.name, stock.entries[item.name] - 1)
        return "%s bought %s" % (customer.name, item.name)


class Customer(pb.Avatar):
    def __init__(self, name):
        self.name = name

    def perspective_items(self):
        return [Item("tea", 250)]

    def perspective_stock(self):
        return stock

    def perspective_counter(self):
        return counter


# [end view]


@implementer(portal.IRealm)
class Realm:
    def requestAvatar(self, name, mind, *interfaces):
        return pb.IPerspective, Customer(name.decode("utf-8")), lambda: None


def listening(port):
    print("listening on port", port.getHost().port, flush=True)


stock = Stock({"tea": 3})
counter = Counter()
users = checkers.InMemoryUsernamePasswordDatabaseDontUse(ada=b"sesame")
factory = pb.PBServerFactory(portal.Portal(Realm(), [users]))
endpoints.serverFromString(reactor, sys.argv[1]).listen(factory).addCallback(listening)
reactor.run()
