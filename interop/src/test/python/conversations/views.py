# SPDX-License-Identifier: Apache-2.0
"""Everybody sees what is theirs, and is known when they call. ViewsConversation.java is the twin."""

from twisted.cred import checkers, credentials, portal
from twisted.spread import pb
from zope.interface import implementer


class Panel(pb.Viewable):
    """One object, of which everybody has a view."""

    def view_press(self, user, button):
        user.host.say("%s pressed %d" % (user.name, button))
        return "%s's %d" % (user.name, button)


class Note(pb.Copyable):
    """Reads otherwise for everybody."""

    def getStateToCopyFor(self, user):
        return {"text": "for " + user.name}


class NoteCopy(pb.RemoteCopy):
    pass


pb.setUnjellyableForClass(Note, NoteCopy)


class User(pb.Avatar):
    def __init__(self, name, panel, host):
        self.name = name
        self.panel = panel
        self.host = host

    def perspective_whoAmI(self):
        return self.name

    def perspective_panel(self):
        return self.panel

    def perspective_note(self):
        return Note()

    def perspective_mine(self, view):
        return view.object is self.panel and view.perspective is self

    def perspective_tell(self, listener):
        """A reference remembers on whose behalf it was received."""
        return listener.callRemote("hear", Note(), self.panel)


@implementer(portal.IRealm)
class Realm:
    def __init__(self, host):
        self.panel = Panel()
        self.host = host

    def requestAvatar(self, name, mind, *interfaces):
        user = User(name.decode("utf-8"), self.panel, self.host)
        return pb.IPerspective, user, lambda: None


class Listener(pb.Referenceable):
    def remote_hear(self, note, panel):
        return panel.callRemote("press", 7).addCallback(lambda who: note.text + ", " + who)


def server(host):
    users = checkers.InMemoryUsernamePasswordDatabaseDontUse(ada=b"sesame", bob=b"caraway")
    return pb.PBServerFactory(portal.Portal(Realm(host), [users]))


async def client(visit):
    factory = visit.connect(pb.PBClientFactory())
    ada = await factory.login(credentials.UsernamePassword(b"ada", b"sesame"))
    bob = await factory.login(credentials.UsernamePassword(b"bob", b"caraway"))
    visit.say("who is calling", await ada.callRemote("whoAmI"))
    visit.say("who is calling", await bob.callRemote("whoAmI"))
    panel = await ada.callRemote("panel")
    others = await bob.callRemote("panel")
    visit.say("one object, two views", panel != others)
    visit.say("asked for twice, one view", panel == await ada.callRemote("panel"))
    visit.say("ada's view", await panel.callRemote("press", 1))
    visit.say("bob's view", await others.callRemote("press", 2))
    visit.say("ada's own view is hers", await ada.callRemote("mine", panel))
    visit.say("bob's is not", await ada.callRemote("mine", others))
    visit.say("a copy for ada", (await ada.callRemote("note")).text)
    visit.say("a copy for bob", (await bob.callRemote("note")).text)
    visit.say("called back for ada", await ada.callRemote("tell", Listener()))
    visit.say("called back for bob", await bob.callRemote("tell", Listener()))
    await visit.outcome("no such method", ada.callRemote, "fly")
    await visit.outcome("no such method of a view", panel.callRemote, "fly")
