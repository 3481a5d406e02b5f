# SPDX-License-Identifier: Apache-2.0
"""Objects and methods that come while the connection lives. PublishingConversation.java is the twin."""

from twisted.spread import pb


class Desk(pb.Referenceable):
    """An object that learns."""


class Room(pb.Referenceable):
    def __init__(self, name):
        self.name = name

    def remote_name(self):
        return self.name


class Server(pb.Root):
    def __init__(self, host):
        self.host = host
        self.desk = Desk()
        self.rooms = []

    def rootObject(self, broker):
        self.broker = broker
        return self

    def remote_desk(self):
        return self.desk

    def remote_learn(self, method, factor):
        self.host.say("learnt " + method)
        setattr(self.desk, "remote_" + method, lambda number: number * factor)

    def remote_forget(self, method):
        self.host.say("forgot " + method)
        delattr(self.desk, "remote_" + method)

    def remote_open(self, name):
        self.rooms.append(Room(name))
        return self.rooms[-1]

    def remote_publish(self, service, name):
        self.host.say("published " + service)
        self.broker.setNameForLocal(service.encode(), Room(name))

    def remote_visit(self, room):
        """Calls a new object of the client's, and one that it has published."""
        service = self.broker.remoteForName(b"lodge")
        return room.callRemote("name").addCallback(
            lambda name: self.host.say("a new object there", name)
            or self.host.outcome("published there", service.callRemote, "name")
        )


def server(host):
    return pb.PBServerFactory(Server(host))


async def client(visit):
    root = await visit.root()
    desk = await root.callRemote("desk")
    await visit.outcome("before", desk.callRemote, "twice", 4)
    await root.callRemote("learn", "twice", 2)
    await visit.outcome("a new method", desk.callRemote, "twice", 4)
    await root.callRemote("learn", "twice", 20)
    await visit.outcome("made anew", desk.callRemote, "twice", 4)
    await root.callRemote("learn", "thrice", 3)
    await visit.outcome("another", desk.callRemote, "thrice", 4)
    await root.callRemote("forget", "twice")
    await visit.outcome("taken away", desk.callRemote, "twice", 4)
    await visit.outcome("the other stays", desk.callRemote, "thrice", 4)

    room = await root.callRemote("open", "green room")
    await visit.outcome("a new object", room.callRemote, "name")
    tower = root.broker.remoteForName(b"tower")
    await visit.outcome("not yet published", tower.callRemote, "name")
    await root.callRemote("publish", "tower", "old tower")
    await visit.outcome("published", tower.callRemote, "name")
    await root.callRemote("publish", "tower", "new tower")
    await visit.outcome("published anew", tower.callRemote, "name")

    root.broker.setNameForLocal(b"lodge", Room("my lodge"))
    await root.callRemote("visit", Room("my room"))
