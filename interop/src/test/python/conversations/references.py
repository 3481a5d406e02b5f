# SPDX-License-Identifier: Apache-2.0
"""Objects that are passed by reference. ReferencesConversation.java is the twin."""

from twisted.spread import pb


class Thing(pb.Referenceable):
    def __init__(self, name):
        self.name = name

    def remote_ping(self):
        return "pong of " + self.name


class Server(pb.Root):
    def __init__(self, host):
        self.host = host
        self.things = {name: Thing(name) for name in ("a", "b")}
        self.kept = None

    def remote_thing(self, name):
        return self.things[name]

    def remote_several(self):
        a, b = self.things["a"], self.things["b"]
        return [a, a, b]

    def remote_keep(self, value):
        self.kept = value

    def remote_kept(self):
        return self.kept

    def remote_isKept(self, value):
        return self.kept == value

    def remote_comeHome(self, thing, name):
        self.host.say("my own object", thing is self.things[name])

    def remote_pingDeep(self, data):
        """Calls an object of the client's, deep in data beside one of ours."""
        theirs, mine = data["deep"][0]
        self.host.say("mine deep in data", mine is self.things["a"])
        return theirs.callRemote("ping")


def server(host):
    return pb.PBServerFactory(Server(host))


async def client(visit):
    root = await visit.root()
    a = await root.callRemote("thing", "a")
    visit.say("asked for twice, one reference", a == await root.callRemote("thing", "a"))
    first, second, other = await root.callRemote("several")
    visit.say("twice in one value", first == second and first == a)
    visit.say("another is another", other != a)
    visit.say("called", await other.callRemote("ping"))
    await root.callRemote("comeHome", a, "a")

    mine = Thing("the client's")
    await root.callRemote("keep", mine)
    visit.say("my own object came back", await root.callRemote("kept") is mine)
    visit.say("it is the same there", await root.callRemote("isKept", mine))
    visit.say("another is not", await root.callRemote("isKept", Thing("another")))

    data = {"deep": [(mine, a)]}
    visit.say("called deep in data", await root.callRemote("pingDeep", data))
    await root.callRemote("keep", data)
    theirs_of_mine, theirs = (await root.callRemote("kept"))["deep"][0]
    visit.say("mine deep in data", theirs_of_mine is mine)
    visit.say("theirs deep in data", theirs == a)
    visit.say("called", await theirs.callRemote("ping"))
