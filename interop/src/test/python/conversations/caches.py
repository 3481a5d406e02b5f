# SPDX-License-Identifier: Apache-2.0
"""Objects that are copied once and kept up to date, of both sides. CachesConversation.java is the twin."""

from twisted.internet import defer
from twisted.spread import pb


class Pond(pb.Cacheable):
    def __init__(self, *ducks):
        self.ducks = list(ducks)
        self.observers = []
        self.left = defer.Deferred()

    def getStateToCacheAndObserveFor(self, perspective, observer):
        self.observers.append(observer)
        return {"ducks": list(self.ducks)}

    def stoppedObserving(self, perspective, observer):
        self.observers.remove(observer)
        left, self.left = self.left, defer.Deferred()
        left.callback(len(self.observers))

    def add(self, duck):
        """Tells who has a copy; what each answered."""
        self.ducks.append(duck)
        return defer.gatherResults([each.callRemote("added", duck) for each in self.observers])


class PondCopy(pb.RemoteCache):
    def setCopyableState(self, state):
        self.ducks = state["ducks"]

    def observe_added(self, duck):
        self.ducks.append(duck)
        return len(self.ducks)


pb.setUnjellyableForClass(Pond, PondCopy)


class Keeper(pb.Root):
    """Has a pond, and keeps a copy of the other side's."""

    def __init__(self, speaker, pond):
        self.speaker = speaker
        self.pond = pond
        self.kept = None

    def remote_pond(self):
        return self.pond

    def remote_add(self, duck):
        return self.pond.add(duck)

    def remote_isPond(self, pond):
        self.speaker.say("my own pond", pond is self.pond)

    def remote_left(self):
        """Answers when somebody has let go of a copy: how many there are then."""
        return self.pond.left

    def remote_keep(self, pond):
        self.kept = pond
        self.speaker.say("it has", pond.ducks)

    def remote_look(self):
        self.speaker.say("it has", self.kept.ducks)

    def remote_giveBack(self):
        return self.kept

    def remote_drop(self):
        self.kept = None


def server(host):
    return pb.PBServerFactory(Keeper(host, Pond("mallard")))


async def client(visit):
    root = await visit.root()
    pond = await root.callRemote("pond")
    visit.say("its state", pond.ducks)
    visit.say("the copies answer", await root.callRemote("add", "teal"))
    visit.say("an update", pond.ducks)
    twin = await root.callRemote("pond")
    visit.say("asked for twice, told once", await root.callRemote("add", "smew"))
    visit.say("both are up to date", [pond.ducks, twin.ducks])
    await root.callRemote("isPond", pond)
    left = root.callRemote("left")
    del pond, twin
    visit.say("let go; copies left", await left)
    visit.say("nobody to tell", await root.callRemote("add", "wigeon"))
    pond = await root.callRemote("pond")
    visit.say("a new copy has its state", pond.ducks)
    visit.say("and is told", await root.callRemote("add", "garganey"))
    visit.say("an update", pond.ducks)

    mine = Pond("coot")
    await root.callRemote("keep", mine)
    visit.say("the server's copy answers", await mine.add("crake"))
    await root.callRemote("look")
    visit.say("my own pond came back", await root.callRemote("giveBack") is mine)
    left = mine.left
    await root.callRemote("drop")
    visit.say("the server let go; copies left", await left)
