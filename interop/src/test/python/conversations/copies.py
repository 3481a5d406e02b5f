# SPDX-License-Identifier: Apache-2.0
"""Objects that are passed by value. CopiesConversation.java is the twin."""

from twisted.spread import pb


class Point(pb.Copyable, pb.RemoteCopy):
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __str__(self):
        return "%d %d" % (self.x, self.y)


class Account(pb.Copyable):
    """Keeps something to itself."""

    def __init__(self, name, secret):
        self.name = name
        self.secret = secret

    def getStateToCopy(self):
        return {"name": self.name, "deposit": Point(3, 4)}


class AccountCopy(pb.RemoteCopy):
    def setCopyableState(self, state):
        self.shown = "%s has %s, and knows %s" % (state["name"], state["deposit"], sorted(state))


class Stranger(pb.Copyable):
    """Nobody has a class for it."""


pb.setUnjellyableForClass(Point, Point)
pb.setUnjellyableForClass(Account, AccountCopy)


class Server(pb.Root):
    def __init__(self, host):
        self.host = host

    def remote_moved(self, point):
        self.host.say("a point came", str(point))
        return Point(point.x + 10, point.y)

    def remote_sum(self, points):
        self.host.say("points came", ", ".join(map(str, points["all"])))
        self.host.say("the first two are one", points["all"][0] is points["all"][1])
        return Point(sum(p.x for p in points["all"]), sum(p.y for p in points["all"]))

    def remote_account(self):
        return Account("ada", "sesame")

    def remote_twice(self):
        point = Point(1, 1)
        return [point, point, Point(1, 1)]

    def remote_take(self, value):
        self.host.say("nobody should come here")


def server(host):
    return pb.PBServerFactory(Server(host))


async def client(visit):
    root = await visit.root()
    mine = Point(1, 2)
    moved = await root.callRemote("moved", mine)
    visit.say("a copy came back", str(moved))
    visit.say("mine is as it was", str(mine))
    total = await root.callRemote("sum", {"all": [mine, mine, Point(-5, 7)]})
    visit.say("of copies in data", str(total))
    first, second, other = await root.callRemote("twice")
    visit.say("one object twice", first is second and first is not other)
    visit.say("state of its choice", (await root.callRemote("account")).shown)
    await visit.outcome("of a class that is not known there", root.callRemote, "take", Stranger())
    visit.say("the connection stays", str(await root.callRemote("moved", moved)))
