# SPDX-License-Identifier: Apache-2.0
"""Ponds that are copied once and kept up to date. Garden.java offers the same methods."""

from twisted.internet import defer
from twisted.spread import pb


class Pond(pb.Cacheable):
    def __init__(self, holds_itself=False):
        self.ducks = ["mallard"]
        self.observers = []
        self.holds_itself = holds_itself

    def getStateToCacheAndObserveFor(self, perspective, observer):
        self.observers.append(observer)
        state = {"ducks": list(self.ducks)}
        if self.holds_itself:
            state["itself"] = [self]
        return state

    def stoppedObserving(self, perspective, observer):
        self.observers.remove(observer)
        try:
            observer.callRemote("farewell", pbanswer=False)
        except pb.DeadReferenceError:
            pass  # the connection has ended, and with it the copy

    def add(self, duck):
        self.ducks.append(duck)
        return self.tell("added", duck)

    def tell(self, method, *args):
        return defer.gatherResults([o.callRemote(method, *args) for o in self.observers])


class PondCopy(pb.RemoteCache):
    farewells = 0

    def observe_added(self, duck):
        self.ducks.append(duck)
        return len(self.ducks)

    def observe_farewell(self):
        PondCopy.farewells += 1


class Garden(pb.Referenceable):
    def __init__(self):
        self.pond = Pond()
        self.kept = None

    # ---- its own pond ----

    def remote_pond(self):
        return self.pond

    def remote_ouroboros(self):
        return Pond(holds_itself=True)

    def remote_two(self):
        return [self.pond, self.pond]

    def remote_isPond(self, value):
        return value is self.pond

    def remote_add(self, duck):
        return self.pond.add(duck)

    def remote_poke(self):
        """Tells the copies something that they do not know."""
        return self.pond.tell("poked")

    def remote_observers(self):
        return len(self.pond.observers)

    # ---- a copy of the other side's ----

    def remote_keep(self, pond):
        self.kept = pond

    def remote_ducks(self):
        return self.kept.ducks

    def remote_holdsItself(self):
        return self.kept.itself[0].ducks is self.kept.ducks

    def remote_giveBack(self):
        return self.kept

    def remote_drop(self):
        self.kept = None

    def remote_farewells(self):
        """How many copies were said goodbye to since the last time."""
        count, PondCopy.farewells = PondCopy.farewells, 0
        return count


pb.setUnjellyableForClass(Pond, PondCopy)
