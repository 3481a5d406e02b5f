# SPDX-License-Identifier: Apache-2.0
"""What the other side may call here. Lab.java offers the same methods."""

from twisted.internet import defer
from twisted.spread import pb

import paging
import typed
from describe import describe


class Thing(pb.Referenceable):
    """An object whose identity is all there is to it."""

    def remote_ping(self):
        return "pong"


class KnownError(pb.Error):
    pass


class OutOfTea(pb.Error):
    pass


class OutOfGreenTea(OutOfTea):
    pass


class Refused(pb.Copyable, pb.RemoteCopy, Exception):
    """An error that travels as itself, with its attributes."""

    def __init__(self, code=0):
        Exception.__init__(self, "code %d" % code)
        self.code = code


pb.setUnjellyableForClass(Refused, Refused)


class Stranger(pb.Copyable):
    """A class that no receiver has registered."""


class Unprepared:
    """A class that PB cannot send at all."""


class Lab(pb.Referenceable):
    def __init__(self, meeting):
        self.meeting = meeting
        self.notes = []
        self.kept = []
        self.held = []
        self.library = paging.Library()
        self.desk = typed.Desk()
        self.lent = []

    # ---- values and arguments ----

    def remote_echo(self, value):
        return value

    def remote_echoLater(self, value):
        return self.meeting.later(value)

    def remote_describe(self, value):
        return describe(value, self.meeting.names())

    def remote_describeEach(self, *values):
        names = self.meeting.names()
        return [describe(value, names) for value in values]

    def remote_join(self, a, b, c="-"):
        return "%s %d %s" % (a, b, c)

    def remote_large(self, size):
        return b"x" * size

    # ---- references ----

    def remote_thing(self, name):
        return self.meeting.thing(name)

    def remote_desk(self):
        return self.desk

    def remote_keep(self, *objects):
        self.kept.extend(objects)

    def remote_garden(self):
        return self.meeting.garden

    def remote_mirror(self):
        return self.meeting.mirror

    def remote_soaker(self):
        return self.meeting.soaker

    def remote_isKept(self, index, thing):
        return self.kept[index] == thing

    def remote_dropKept(self):
        self.kept.clear()

    def remote_nest(self, depth, other):
        if depth == 0:
            return ["twisted"]
        return other.callRemote("nest", depth - 1, self).addCallback(
            lambda path: path + ["twisted"]
        )

    # ---- calls that are not answered at once, or never ----

    def remote_hold(self, number, until):
        """Withholds every answer until there are so many, then answers the last one first."""
        answer = defer.Deferred()
        self.held.append((number, answer))
        if len(self.held) == until:
            held, self.held = self.held, []
            for number, each in reversed(held):
                each.callback(number)
        return answer

    def remote_lend(self, name):
        """Withholds a thing until handOver."""
        answer = defer.Deferred()
        self.lent.append((name, answer))
        return answer

    def remote_handOver(self):
        lent, self.lent = self.lent, []
        for name, answer in lent:
            answer.callback(self.meeting.thing(name))

    def remote_note(self, text):
        self.notes.append(text)
        if text == "fail":
            raise ValueError("nobody should hear of this")

    def remote_notes(self):
        return self.notes

    # ---- pages ----

    def remote_library(self):
        return self.library

    # ---- errors ----

    def remote_fail(self, text):
        raise ValueError(text)

    def remote_failLater(self, text):
        return self.meeting.later(None).addCallback(lambda done: self.remote_fail(text))

    def remote_failKnown(self, text):
        raise KnownError(text)

    def remote_failTea(self, green):
        raise (OutOfGreenTea if green else OutOfTea)("no more")

    def remote_failLookup(self):
        return {}["absent"]

    def remote_refuse(self, code):
        raise Refused(code)

    def remote_relay(self, other, text):
        return other.callRemote("failKnown", text)

    def remote_stranger(self):
        return Stranger()

    def remote_unprepared(self):
        return Unprepared()
