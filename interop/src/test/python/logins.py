# SPDX-License-Identifier: Apache-2.0
"""Logins, from both ends."""

from twisted.cred import checkers, credentials, portal
from twisted.internet import reactor
from twisted.spread import pb
from zope.interface import implementer

from meeting import outcome_of_failure


class Avatar(pb.Avatar):
    def __init__(self, name, mind):
        self.name = name
        self.mind = mind

    def perspective_whoAmI(self):
        return self.name

    def perspective_askMind(self, text):
        return self.mind.callRemote("ask", text)


@implementer(portal.IRealm)
class Realm:
    """Numbers its avatars, and remembers which were logged out."""

    def __init__(self):
        self.count = 0
        self.left = []

    def requestAvatar(self, avatar_id, mind, *interfaces):
        self.count += 1
        user = "" if avatar_id is checkers.ANONYMOUS else avatar_id.decode("utf-8")
        name = "%s#%d" % (user, self.count)
        return pb.IPerspective, Avatar(name, mind), lambda: self.left.append(name)


class Mind(pb.Referenceable):
    def remote_ask(self, text):
        return "mind of a Twisted client: " + text


def server(realm, anonymous):
    """The factory of a server with logins."""
    who = [checkers.InMemoryUsernamePasswordDatabaseDontUse(alice=b"sesame", bob=b"caraway")]
    if anonymous:
        who.append(checkers.AllowAnonymousAccess())
    return pb.PBServerFactory(portal.Portal(realm, who))


def listen(realm, anonymous):
    """Serves logins on a port of its own; answers with the port."""
    return reactor.listenTCP(0, server(realm, anonymous), interface="127.0.0.1").getHost().port


class Visit:
    """A connection on which we log in."""

    def __init__(self, connect):
        self.factory = pb.PBClientFactory()
        self.avatars = {}
        connect(self.factory)

    def do_log_in(self, handle, name, password):
        who = credentials.Anonymous()
        if name is not None:
            who = credentials.UsernamePassword(name.encode("utf-8"), password.encode("utf-8"))
        return self.factory.login(who, Mind()).addCallbacks(
            lambda avatar: self.keep(handle, avatar), outcome_of_failure
        )

    def keep(self, handle, avatar):
        self.avatars[handle] = avatar
        return {"value": handle}

    def do_call(self, handle, method, *args):
        return (
            self.avatars[handle]
            .callRemote(method, *args)
            .addCallbacks(lambda value: {"value": value}, outcome_of_failure)
        )

    def do_let_go(self, handle):
        del self.avatars[handle]

    def do_hang_up(self):
        self.factory.disconnect()
