# SPDX-License-Identifier: Apache-2.0
"""One side of a soak: sends references to and fro in random calls. Soaker.java is its twin."""

import random

from twisted.internet import defer, reactor, task
from twisted.spread import pb

import lab as labs

OWN = 300
MOST_KEPT = 200
MOST_LEAVES = 12
WINDOW = 40


class Parcels:
    """What this side has, and the values that it wraps that into."""

    def __init__(self, source):
        self.random = source
        self.own = [labs.Thing() for _ in range(OWN)]
        self.kept = []
        self.carried = 0

    def below(self, bound):
        return self.random.randrange(bound)

    def made(self):
        """A value with some references in it: ours, theirs, the same ones again."""
        return self.wrapped(lambda: self.ours() if self.below(3) else self.theirs())

    def made_of_new(self):
        """One with nothing that the other side holds but by it, so that it closes nothing in it."""
        return self.wrapped(
            lambda: self.random.choice(self.kept) if self.kept and not self.below(3) else labs.Thing()
        )

    def wrapped(self, source):
        value = []
        leaves = 1 + self.below(MOST_LEAVES)
        last = source()
        for number in range(leaves):
            if number and self.below(5):
                last = source()
            self.wrap(last, value)
        self.carried += leaves
        return value

    def wrap(self, leaf, into):
        kind = self.below(6)
        if kind == 0:
            into.append((leaf, "tuple"))
        elif kind == 1:
            into.append({"key": leaf})
        elif kind == 2:
            shared = [leaf]
            into += [shared, shared]
        elif kind == 3:
            into.append([[1, leaf]])
        else:
            into.append(leaf)

    def ours(self):
        return self.random.choice(self.own) if self.below(20) else labs.Thing()

    def theirs(self):
        return self.random.choice(self.kept) if self.kept else self.ours()

    def receive(self, value):
        """Keeps some of the references in a value, knots some to themselves, drops the rest."""
        for leaf in leaves_of(value):
            if type(leaf) is not pb.RemoteReference:
                continue
            fate = self.below(10)
            if fate < 3 and len(self.kept) < MOST_KEPT:
                self.kept.append(leaf)
            elif fate < 3:
                self.kept[self.below(MOST_KEPT)] = leaf
            elif fate == 3:
                knot = [leaf]
                knot.append(knot)

    def carry(self, value):
        self.carried += len(leaves_of(value))


def leaves_of(value):
    """The references in a value, in their order; those of a list that occurs twice, twice."""
    if type(value) is dict:
        value = list(value.values())
    if type(value) in (list, tuple):
        return [leaf for member in value for leaf in leaves_of(member)]
    return [value] if isinstance(value, (pb.RemoteReference, pb.Referenceable)) else []


def is_same(sent, back):
    left, came = leaves_of(sent), leaves_of(back)
    return len(left) == len(came) and all(
        a == b if type(a) is pb.RemoteReference else a is b for a, b in zip(left, came)
    )


class Soaker(pb.Referenceable):
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.parcels = Parcels(self.random)
        self.faults = []
        self.under_way = 0

    # ---- calls of ours ----

    def run(self, theirs, references):
        """Sends so many references more; ends when all that was begun has."""
        self.theirs = theirs
        self.goal = self.parcels.carried + references
        self.done = defer.Deferred()
        self.pump()
        return self.done

    def pump(self):
        while self.under_way < WINDOW and self.parcels.carried < self.goal:
            self.random.choice(MOVES)(self, self.parcels.made())
        if self.under_way == 0 and self.done is not None:
            done, self.done, self.theirs = self.done, None, None
            reactor.callLater(0, done.callback, None)

    def succeeds(self, what, call, then=lambda answer: None):
        self.under_way += 1
        call.addCallbacks(then, lambda failure: self.failed(what, failure))
        call.addBoth(self.ended)

    def failed(self, what, failure):
        self.faults.append("%s failed: %s %s" % (what, named(failure), failure.value))

    def fails(self, what, call, expected):
        self.under_way += 1
        call.addCallbacks(
            lambda answer: self.faults.append("%s came out as %r" % (what, answer)),
            lambda failure: self.check(what, failure, expected),
        )
        call.addBoth(self.ended)

    def check(self, what, failure, expected):
        if expected not in named(failure):
            self.faults.append("%s failed: %s %s" % (what, named(failure), failure.value))

    def ended(self, _):
        self.under_way -= 1
        self.pump()

    def echo(self, method, value):
        def compare(back):
            if not is_same(value, back):
                self.faults.append("%s of %r is %r" % (method, value, back))

        self.succeeds(method, self.theirs.callRemote(method, value), compare)

    def expect_pong(self, answer):
        if answer != "pong":
            self.faults.append("ping is %r" % (answer,))

    def poke(self, value):
        call = self.theirs.callRemote
        self.succeeds("poke", call("poke", self.parcels.ours()), self.expect_pong)
        thing = self.parcels.theirs()
        if type(thing) is pb.RemoteReference:
            self.succeeds("ping", thing.callRemote("ping"), self.expect_pong)

    # ---- for the other side ----

    def remote_echo(self, value):
        self.parcels.carry(value)
        return value

    def remote_echoLater(self, value):
        self.parcels.carry(value)
        return later(value)

    def remote_take(self, *values):
        self.parcels.receive(values)

    def remote_named(self, *, value):
        self.parcels.receive(value)

    def remote_swap(self, value):
        self.parcels.receive(value)
        return self.parcels.made()

    def remote_swapLater(self, value):
        self.parcels.receive(value)
        return later(self.parcels.made())

    def remote_fail(self, value):
        self.parcels.receive(value)
        raise labs.KnownError("as asked")

    def remote_poke(self, thing):
        return thing.callRemote("ping")

    def remote_strangers(self, value):
        """An answer that Java refuses."""
        self.parcels.receive(value)
        return [self.parcels.made(), labs.Stranger(), self.parcels.made()]


MOVES = (
    lambda soaker, value: soaker.echo("echo", value),
    lambda soaker, value: soaker.echo("echoLater", soaker.parcels.made_of_new()),
    lambda soaker, value: soaker.echo("echoFromAThread", soaker.parcels.made_of_new()),
    lambda soaker, value: soaker.succeeds(
        "take", soaker.theirs.callRemote("take", value, "and", value)
    ),
    lambda soaker, value: soaker.succeeds("named", soaker.theirs.callRemote("named", value=value)),
    lambda soaker, value: soaker.succeeds(
        "swap", soaker.theirs.callRemote("swap", value), soaker.parcels.receive
    ),
    lambda soaker, value: soaker.succeeds(
        "swapLater", soaker.theirs.callRemote("swapLater", value), soaker.parcels.receive
    ),
    lambda soaker, value: soaker.fails(
        "fail", soaker.theirs.callRemote("fail", value), b"IllegalStateException"
    ),
    lambda soaker, value: soaker.fails(
        "absent", soaker.theirs.callRemote("absent", value), b"NoSuchMethod"
    ),
    lambda soaker, value: soaker.fails(
        "strict", soaker.theirs.callRemote("strict", value, value), b"TypeError"
    ),
    lambda soaker, value: soaker.fails(
        "refused",
        soaker.theirs.callRemote("take", value, labs.Stranger(), soaker.parcels.made()),
        b"InsecureJelly",
    ),
    lambda soaker, value: soaker.fails(
        "unsendable", soaker.theirs.callRemote("unsendable", value), b"TypeError"
    ),
    lambda soaker, value: soaker.theirs.callRemote("take", value, pbanswer=0),
    lambda soaker, value: soaker.poke(value),
)


def later(value):
    return task.deferLater(reactor, 0, lambda: value)


def named(failure):
    kind = failure.type
    return kind if isinstance(kind, bytes) else kind.__name__.encode("ascii")
