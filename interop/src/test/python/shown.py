# SPDX-License-Identifier: Apache-2.0
"""Values as the tables of docs/pb/types.md show them, and the names that their sources may use.

JavaText.java shows those of Java.
"""

import array
import collections
import datetime
import decimal
import enum
import fractions
import math
import pathlib
import re
import uuid

from twisted.python import failure
from twisted.spread import pb

import gardens
import labels
import lab as labs


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Level(enum.IntEnum):
    LOW = 1


class Item(pb.Copyable, pb.RemoteCopy):
    """Both sides know it."""

    def __init__(self, name, cents):
        self.name = name
        self.cents = cents

    def __repr__(self):
        return "Item(%r, %r)" % (self.name, self.cents)


pb.setUnjellyableForClass(Item, Item)

Point = collections.namedtuple("Point", "x y")

NAMES = {
    "array": array,
    "collections": collections,
    "datetime": datetime,
    "Decimal": decimal.Decimal,
    "Failure": failure.Failure,
    "Fraction": fractions.Fraction,
    "math": math,
    "Path": pathlib.PurePosixPath,
    "uuid": uuid,
    "Colour": Colour,
    "Level": Level,
    "Item": Item,
    "Point": Point,
    "Pond": gardens.Pond,
    "Thing": labs.Thing,
    "Stranger": labs.Stranger,
    "Unprepared": labs.Unprepared,
}


def made(source, more):
    """The value of the last of some statements, which is an expression."""
    scope = dict(NAMES, **more)
    before, _, last = source.rpartition("; ")
    exec(before, scope)
    return eval(last, scope)


def kind(value):
    """The class as a user calls it."""
    name = type(value)
    if name.__module__ in ("builtins", "shown", "lab", "gardens"):
        return name.__qualname__
    return "%s.%s" % (name.__module__.rpartition(".")[2], name.__qualname__)


def text(value):
    return labels.Labels(containers, written).of(value)


def containers(value):
    if type(value) is dict:
        return [*value, *value.values()]
    return list(value) if type(value) in (list, tuple, set, frozenset) else None


def written(value, of):
    """Without its label; of writes its members."""
    if type(value) is list:
        return "[%s]" % ", ".join(map(of, value))
    if type(value) is tuple:
        return "(%s%s)" % (", ".join(map(of, value)), "," if len(value) == 1 else "")
    if type(value) is dict:
        return "{%s}" % ", ".join("%s: %s" % (of(k), of(v)) for k, v in value.items())
    if type(value) in (set, frozenset):
        members = "{%s}" % ", ".join(sorted(map(of, value)))
        return members if type(value) is set else "frozenset(%s)" % members
    if isinstance(value, (pb.RemoteReference, pb.Referenceable, pb.Cacheable, pb.RemoteCache)):
        return kind(value)
    return re.sub("<(.*?)( object)? at 0x[0-9a-f]+>", r"\1", ascii(value))


def back(value, sent):
    """What came home is the object that left, or of the same kind."""
    is_own = isinstance(sent, (pb.Referenceable, pb.Cacheable))
    return "itself" if is_own and value is sent else text(value)


class Mirror(pb.Referenceable):
    """Answers any call with its argument, and remembers how that looked. Mirror.java is its twin."""

    seen = None

    def __getattr__(self, name):
        if not name.startswith("remote_"):
            raise AttributeError(name)
        return self.reflect

    def reflect(self, value=None):  # an empty Optional is left out
        self.seen = text(value)
        return value

    def remote_seen(self):
        seen, self.seen = self.seen, None
        return seen
