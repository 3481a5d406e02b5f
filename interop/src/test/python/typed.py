# SPDX-License-Identifier: Apache-2.0
"""An object for the typed calls. TypedDesk.java is its interface, and JavaDesk.java another such object."""

import datetime
import decimal

from twisted.internet import defer
from twisted.spread import pb


class Desk(pb.Referenceable):
    def __init__(self):
        self.notes = []

    def remote_confirm(self, order):
        """Takes and gives a dict of exactly these types."""
        assert type(order["item"]) is str, order
        assert type(order["count"]) is int, order
        assert type(order["price"]) is decimal.Decimal, order
        assert type(order["due"]) is datetime.date, order
        assert order["colour"] in ("RED", "GREEN"), order
        assert order["remark"] is None or type(order["remark"]) is str, order
        assert all(type(size) is tuple for size in order["sizes"]), order
        return dict(order, count=order["count"] + 1, remark=None if order["remark"] else "none")

    def remote_calendar(self, days):
        return {colour: [day + datetime.timedelta(1) for day in of] for colour, of in days.items()}

    def remote_colours(self, colours):
        assert type(colours) is set, colours
        return {"RED", "GREEN"} - colours

    def remote_join(self, a, b, c="-"):
        return "%s %d %s" % (a, b, c)

    def remote_search(self, what, *, limit, since="ever", **more):
        return "%s %d %s %s" % (what, limit, since, sorted(more.items()))

    def remote_size_of(self, name):
        return None if name == "nothing" else (len(name), 1)

    @defer.inlineCallbacks
    def remote_countTo(self, n, listener):
        said = []
        for i in range(1, n + 1):
            said.append((yield listener.callRemote("tick", i)))
        return said

    def remote_back(self, listener):
        return listener

    def remote_note(self, text):
        self.notes.append(text)

    def remote_notes(self):
        return self.notes

    def remote_wrong(self):
        return [(1, 2), (3, "4")]


class Listener(pb.Referenceable):
    def remote_tick(self, n):
        return "twisted %d" % n
