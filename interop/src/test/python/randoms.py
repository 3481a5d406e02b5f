# SPDX-License-Identifier: Apache-2.0
"""Random values that Java and Python can both hold. RandomValue.java makes such values in Java."""

import collections
import datetime
import decimal
import math
import random
import struct

MOST_MEMBERS = 5
DEEP = 100
LARGEST_BITS = 448
LONG_TEXT = 3000
ATOMS = (b"None", b"list", b"tuple", b"reference", b"dereference", b"remote")
FLOAT_ENDS = (0.0, -0.0, math.inf, -math.inf, 5e-324, 1.7976931348623157e308)


def value(seed, containers):
    """The same for the same arguments; of so many containers, or a scalar."""
    source = random.Random(seed)
    made = _Value(source).made(containers)
    while has_knot(made):
        made = _Value(source).made(containers)
    return made


def has_knot(made):
    """Whether a tuple that is part of a cycle is mentioned again."""
    mentions = collections.Counter()
    tuples = []
    todo = containers_among([made])
    while todo:
        each = todo.pop()
        mentions[id(each)] += 1
        if mentions[id(each)] == 1:
            todo += containers_among(members_of(each))
            if type(each) is tuple:
                tuples.append(each)
    return any(mentions[id(each)] > 1 and reaches_itself(each) for each in tuples)


def reaches_itself(made):
    met = set()
    todo = containers_among(made)
    while todo:
        each = todo.pop()
        if each is made:
            return True
        if id(each) not in met:
            met.add(id(each))
            todo += containers_among(members_of(each))
    return False


def members_of(container):
    return [*container, *container.values()] if type(container) is dict else container


def containers_among(members):
    return [each for each in members if type(each) in (list, tuple, dict, set, frozenset)]


class _Value:
    def __init__(self, source):
        self.random = source
        self.lists = []
        self.dicts = []
        self.hashable = []
        self.all = []

    def made(self, containers):
        for _ in range(containers):
            self.all.append(self.container())
        for each in self.lists:
            each.extend(self.members(self.anything))
        for each in self.dicts:
            each.update((key, self.anything()) for key in self.mixed_keys())
        made = self.all[-1] if containers else self.scalar()
        return self.deep(made) if self.below(20) == 0 else made

    def below(self, bound):
        return self.random.randrange(bound)

    def deep(self, made):
        for _ in range(self.below(DEEP)):
            made = self.random.choice((list, tuple))([made])
        return made

    def container(self):
        kind = self.below(7)
        if kind < 2:
            return self.added([], self.lists)
        if kind == 2:
            return self.added({}, self.dicts)
        if kind == 3:
            return tuple(self.members(self.anything))
        if kind == 4:
            return self.added(tuple(self.members(self.key)), self.hashable)
        if kind == 5:
            return self.added(frozenset(self.members(self.key)), self.hashable)
        return set(self.mixed_keys())

    def added(self, made, to):
        to.append(made)
        return made

    def members(self, source):
        return [source() for _ in range(self.below(MOST_MEMBERS))]

    def mixed_keys(self):
        """With one NaN at most, and that not within another key: to Java all NaNs are one."""
        return self.members(self.key) + ([math.nan] if self.below(10) == 0 else [])

    def anything(self):
        return self.random.choice(self.all) if self.all and self.below(3) else self.scalar()

    def key(self):
        if self.hashable and self.below(3) == 0:
            return self.random.choice(self.hashable)
        while True:
            made = self.scalar()
            if made == made:
                return made

    # ---- scalars ----

    def rarely(self):
        return self.below(6) == 0

    def scalar(self):
        return self.random.choice(_SCALARS)(self)

    def small(self):
        return self.below(2**32) - 2**31

    def integer(self):
        most = 2 ** (LARGEST_BITS if self.rarely() else 1 + self.below(LARGEST_BITS)) - 1
        return self.random.choice((1, -1)) * (most if self.rarely() else self.random.randint(0, most))

    def floating(self):
        if self.rarely():
            return self.random.choice(FLOAT_ENDS)
        if self.rarely():
            return math.nan
        bits = self.random.getrandbits(64)
        return struct.unpack(">d", struct.pack(">Q", bits))[0] if self.below(2) else self.below(2000) / 8

    def text(self):
        length = LONG_TEXT if self.below(LONG_TEXT) == 0 else self.below(12)
        return "".join(chr(self.character()) for _ in range(length))

    def character(self):
        return self.random.choice(
            (
                self.below(0x20),
                0x10000 + self.below(0x100000),
                self.below(0xD800),
                0xE000 + self.below(0x2000),
                0x20 + self.below(0x5E),
            )
        )

    def bytes(self):
        return self.random.randbytes(self.below(12))

    def decimal(self):
        digits = tuple(map(int, str(abs(self.integer()))))
        sign = self.below(2) if any(digits) else 0  # PB knows no negative zero
        return decimal.Decimal((sign, digits, self.below(60) - 40))

    def day(self):
        if self.rarely():
            return self.random.choice((datetime.date.min, datetime.date.max))
        return datetime.date.fromordinal(1 + self.below(datetime.date.max.toordinal()))

    def clock(self):
        if self.rarely():
            return self.random.choice((datetime.time.min, datetime.time.max))
        return datetime.time(*map(self.below, (24, 60, 60, 10**6)))

    def delta(self):
        if self.rarely():
            return self.random.choice((datetime.timedelta.min, datetime.timedelta.max))
        days = self.below(2 * 10**9 - 1) - 999999999
        return datetime.timedelta(days, self.below(86400), self.below(10**6))


_SCALARS = (
    lambda made: None,
    lambda made: made.below(2) == 0,
    _Value.small,
    _Value.integer,
    _Value.floating,
    _Value.text,
    _Value.bytes,
    lambda made: made.random.choice(ATOMS),
    _Value.decimal,
    _Value.day,
    _Value.clock,
    lambda made: datetime.datetime.combine(made.day(), made.clock()),
    _Value.delta,
)
