# SPDX-License-Identifier: Apache-2.0
"""Both sides call each other. CallsConversation.java is the twin."""

from twisted.internet import defer
from twisted.spread import pb

MANY = 1000


class Desk(pb.Root):
    """What either side may call at the other."""

    def __init__(self, name, speaker):
        self.name = name
        self.speaker = speaker
        self.held = []
        self.notes = []

    def remote_echo(self, value):
        return value

    def remote_join(self, a, b, c="-"):
        return "%s %d %s" % (a, b, c)

    def remote_nest(self, depth, other):
        if depth == 0:
            return [self.name]
        return other.callRemote("nest", depth - 1, self).addCallback(
            lambda path: path + [self.name]
        )

    @defer.inlineCallbacks
    def remote_callBack(self, desk):
        answer = yield desk.callRemote("again", self)
        self.speaker.say("called back", answer)
        return answer

    @defer.inlineCallbacks
    def remote_again(self, desk):
        """Calls who is calling, who is waiting for this."""
        answer = yield desk.callRemote("echo", "from within")
        self.speaker.say("called within a call", answer)
        return answer

    def remote_hold(self, number):
        answer = defer.Deferred()
        self.held.append((number, answer))
        return answer

    def remote_release(self):
        """Answers what is held, the last one first."""
        while self.held:
            number, answer = self.held.pop()
            answer.callback(number)

    @defer.inlineCallbacks
    def remote_flood(self, desk):
        order = []
        for number in range(MANY):
            desk.callRemote("hold", number).addCallback(order.append)
        yield desk.callRemote("release")
        in_order = order == list(range(MANY))[::-1]
        self.speaker.say("1,000 calls in flight, answered last one first", in_order)

    def remote_note(self, text):
        self.notes.append(text)
        if text == "fail":
            raise ValueError("nobody should hear of this")

    def remote_notes(self):
        return self.notes


def server(host):
    return pb.PBServerFactory(Desk("server", host))


async def client(visit):
    root = await visit.root()
    mine = Desk("client", visit)
    visit.say("echo", await root.callRemote("echo", "x"))
    visit.say("by position", await root.callRemote("join", "a", 2))
    visit.say("by keyword", await root.callRemote("join", "a", b=2, c="c"))
    visit.say("nested", await root.callRemote("nest", 5, mine))
    visit.say("re-entrant", await root.callRemote("callBack", mine))
    await mine.remote_flood(root)
    visit.say("the server does too", await root.callRemote("flood", mine))
    root.callRemote("note", "one", pbanswer=False)
    root.callRemote("note", "fail", pbanswer=False)
    root.callRemote("note", "two", pbanswer=False)
    visit.say("noted without an answer", await root.callRemote("notes"))
