# SPDX-License-Identifier: Apache-2.0
"""A value as text: its types, its members, and which of them are one object.

Description.java writes the same text for the same value.
"""

import datetime
import decimal
import struct

from twisted.spread import jelly, pb


def describe(value, names=None):
    """Describes a value; names maps the identity of objects of ours to what they are called."""
    return _Description(names or {}).of(value)


class _Description:
    def __init__(self, names):
        self.names = names
        self.met = {}

    def of(self, value):
        if id(value) in self.names:
            return "own(%s)" % self.names[id(value)]
        kind = type(value)
        if kind in _SCALARS:
            return _SCALARS[kind](value)
        if kind is tuple and not value:
            return "tuple[]"  # CPython has only one
        # Twisted makes an object for each occurrence of a reference, and says that they are equal.
        which = ("reference", value.luid) if kind is pb.RemoteReference else id(value)
        if which in self.met:
            return "@%d" % self.met[which]
        number = self.met[which] = len(self.met) + 1
        if kind is pb.RemoteReference:
            return "reference@%d" % number
        if kind in (list, tuple):
            return "%s@%d[%s]" % (kind.__name__, number, ", ".join(map(self.of, value)))
        if kind in (set, frozenset):
            members = sorted(describe(member, self.names) for member in value)
            return "%s@%d[%s]" % (kind.__name__, number, ", ".join(members))
        if kind is dict:
            pairs = (self.of(k) + ": " + self.of(v) for k, v in value.items())
            return "dict@%d[%s]" % (number, ", ".join(pairs))
        if kind is jelly.Unpersistable:
            return "unpersistable"
        return "%s.%s?" % (kind.__module__, kind.__qualname__)


def _text(text):
    return "str'%s'" % "".join(
        c if " " <= c <= "~" and c not in "'\\" else "\\{%x}" % ord(c) for c in text
    )


def _delta(delta):
    return "timedelta %d %d %d" % (delta.days, delta.seconds, delta.microseconds)


def _decimal(number):
    sign, digits, exponent = number.as_tuple()
    unscaled = int("".join(map(str, digits))) * (-1 if sign else 1)
    return "Decimal %d %d" % (unscaled, exponent)


_SCALARS = {
    type(None): lambda value: "None",
    bool: lambda value: "bool " + str(value),
    int: lambda value: "int %d" % value,
    float: lambda value: "float " + struct.pack(">d", value).hex(),
    bytes: lambda value: "bytes " + value.hex(),
    str: _text,
    datetime.datetime: lambda t: "datetime %d %d %d %d %d %d %d"
    % (t.year, t.month, t.day, t.hour, t.minute, t.second, t.microsecond),
    datetime.date: lambda d: "date %d %d %d" % (d.year, d.month, d.day),
    datetime.time: lambda t: "time %d %d %d %d" % (t.hour, t.minute, t.second, t.microsecond),
    datetime.timedelta: _delta,
    decimal.Decimal: _decimal,
}
