# SPDX-License-Identifier: Apache-2.0
"""Who comes with which right. LoginsConversation.java is the twin."""

from twisted.cred import checkers, credentials, portal
from twisted.internet import defer
from twisted.spread import pb
from zope.interface import implementer


class User(pb.Avatar):
    def __init__(self, name, mind, realm):
        self.name = name
        self.mind = mind
        self.realm = realm

    def perspective_whoAmI(self):
        return self.name

    def perspective_askMind(self, text):
        return self.mind.callRemote("ask", text)

    def perspective_nextToLeave(self):
        """Answers when somebody has been logged out."""
        self.realm.left = defer.Deferred()
        return self.realm.left


@implementer(portal.IRealm)
class Realm:
    def __init__(self, host):
        self.host = host
        self.left = None

    def requestAvatar(self, avatar_id, mind, *interfaces):
        name = "nobody" if avatar_id is checkers.ANONYMOUS else avatar_id.decode("utf-8")
        self.host.say("%s came, %s" % (name, "with a mind" if mind else "without a mind"))
        return pb.IPerspective, User(name, mind, self), lambda: self.leave(name)

    def leave(self, name):
        left, self.left = self.left, None
        if left:
            self.host.say(name + " left")
            left.callback(name)


class Mind(pb.Referenceable):
    def __init__(self, visit):
        self.visit = visit

    def remote_ask(self, text):
        self.visit.say("asked " + text)
        return "I " + text


def server(host):
    users = checkers.InMemoryUsernamePasswordDatabaseDontUse(ada=b"sesame", bob=b"caraway")
    doors = [users, checkers.AllowAnonymousAccess()]
    return pb.PBServerFactory(portal.Portal(Realm(host), doors))


def password(name, secret):
    return credentials.UsernamePassword(name, secret)


async def client(visit):
    factory = visit.connect(pb.PBClientFactory())
    await visit.outcome("a wrong password", factory.login, password(b"ada", b"simsim"))
    await visit.outcome("an unknown name", factory.login, password(b"eve", b"sesame"))
    ada = await factory.login(password(b"ada", b"sesame"), Mind(visit))
    visit.say("the right password", await ada.callRemote("whoAmI"))
    visit.say("the mind is asked", await ada.callRemote("askMind", "think"))
    nobody = await factory.login(credentials.Anonymous())
    visit.say("anonymous", await nobody.callRemote("whoAmI"))

    left = ada.callRemote("nextToLeave")
    del nobody
    visit.say("let go of", await left)
    other = visit.connect(pb.PBClientFactory())
    bob = await other.login(password(b"bob", b"caraway"))
    visit.say("on another connection", await bob.callRemote("whoAmI"))
    left = ada.callRemote("nextToLeave")
    await ada.callRemote("whoAmI")  # by now the call before has arrived
    ended = defer.Deferred()
    bob.notifyOnDisconnect(ended.callback)
    other.disconnect()
    await ended
    visit.say("hung up", await left)
    await visit.outcome("and is dead", bob.callRemote, "whoAmI")
    visit.say("the other stays", await ada.callRemote("whoAmI"))
    again = await factory.login(password(b"ada", b"sesame"))
    visit.say("twice at once", again != ada)
    left = again.callRemote("nextToLeave")
    del ada
    visit.say("let go of", await left)
    visit.say("the second stays", await again.callRemote("whoAmI"))
