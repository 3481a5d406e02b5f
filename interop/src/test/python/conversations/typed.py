# SPDX-License-Identifier: Apache-2.0
"""What Java calls and serves by an interface. TypedConversation.java has it; here are the plain calls."""

import datetime
import decimal

from twisted.internet import defer
from twisted.spread import pb


class Shop(pb.Root):
    def __init__(self, host):
        self.host = host

    def remote_confirm(self, order):
        self.host.say("ordered", order)
        return dict(order, count=order["count"] + 1, remark="thanks")

    def remote_open_on(self, days):
        return {colour: day + datetime.timedelta(1) for colour, day in days.items()}

    def remote_colours(self, colours):
        return {"RED", "GREEN"} - colours

    def remote_search(self, what, *, limit, since="ever"):
        return "%s %d %s" % (what, limit, since)

    def remote_find(self, name):
        return None if name == "nothing" else (len(name), 1)

    @defer.inlineCallbacks
    def remote_countTo(self, n, listener):
        said = []
        for i in range(1, n + 1):
            said.append((yield listener.callRemote("tick", i)))
        return said

    def remote_note(self, text):
        self.host.say("noted " + text)


class Listener(pb.Referenceable):
    def remote_tick(self, n):
        return "tick %d" % n


def server(host):
    return pb.PBServerFactory(Shop(host))


async def client(visit):
    shop = await visit.root()
    order = {
        "item": "tea",
        "count": 2,
        "price": decimal.Decimal("9.50"),
        "due": datetime.date(2020, 7, 11),
        "colour": "GREEN",
        "remark": None,
        "sizes": [(1, 2), (3, 4)],
    }
    confirmed = await shop.callRemote("confirm", order)
    visit.say("confirmed", [confirmed["count"], confirmed["remark"], confirmed["sizes"]])
    day = datetime.date(2020, 7, 11)
    visit.say("a map", await shop.callRemote("open_on", {"RED": day}))
    visit.say("a set", await shop.callRemote("colours", {"RED"}))
    visit.say("keywords", await shop.callRemote("search", "tea", limit=3))
    visit.say("all keywords", await shop.callRemote("search", "tea", limit=3, since=day))
    visit.say("nothing", await shop.callRemote("find", "nothing"))
    visit.say("a tuple", await shop.callRemote("find", "tea"))
    visit.say("called back", await shop.callRemote("countTo", 2, Listener()))
    shop.callRemote("note", "this", pbanswer=False)
    await visit.outcome("what does not fit", shop.callRemote, "search", "tea", 3)
    await visit.outcome("no such method", shop.callRemote, "close")
