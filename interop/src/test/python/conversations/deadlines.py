# SPDX-License-Identifier: Apache-2.0
"""A caller that does not wait for ever. DeadlinesConversation.java is the twin."""

from twisted.internet import defer, reactor
from twisted.spread import pb

SHORT = 0.05


class Thing(pb.Referenceable):
    pass


class Server(pb.Root):
    def __init__(self, host):
        self.host = host
        self.held = []

    def remote_hold(self):
        answer = defer.Deferred()
        self.held.append(answer)
        return answer

    def remote_release(self, value):
        """Answers all calls that are held, with a value and an object of ours."""
        held, self.held = self.held, []
        for answer in held:
            answer.callback([value, Thing()])

    def remote_fail(self):
        held, self.held = self.held, []
        for answer in held:
            answer.errback(pb.Error("too late to matter"))

    def remote_echo(self, value):
        self.host.say("echo", value)
        return value


def server(host):
    return pb.PBServerFactory(Server(host))


async def client(visit):
    root = await visit.root()

    def in_time(seconds, *call):
        return root.callRemote(*call).addTimeout(seconds, reactor)

    await visit.outcome("answered in time", in_time, 60, "echo", "soon")
    await visit.outcome("held for longer", in_time, SHORT, "hold")
    visit.say("the connection stays", await root.callRemote("echo", "after the deadline"))
    await root.callRemote("release", "late")
    visit.say("a late answer does no harm", await root.callRemote("echo", "after the answer"))

    given_up = root.callRemote("hold")
    await root.callRemote("echo", "the call has arrived")
    given_up.cancel()
    await visit.outcome("given up", lambda: given_up)
    kept = root.callRemote("hold")
    await root.callRemote("release", "late")
    visit.say("beside it", (await kept)[0])

    given_up = root.callRemote("hold")
    await root.callRemote("echo", "the call has arrived")
    given_up.cancel()
    await visit.outcome("given up", lambda: given_up)
    await root.callRemote("fail")
    visit.say("a late failure does no harm", await root.callRemote("echo", "in the end"))
