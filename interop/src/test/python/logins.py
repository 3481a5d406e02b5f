# SPDX-License-Identifier: Apache-2.0
"""Logins, from both ends."""

from twisted.cred import checkers, credentials, portal
from twisted.spread import pb
from zope.interface import implementer

from meeting import outcome_of_failure


class Panel(pb.Viewable):
    """Everybody has a view of it."""

    def view_who(self, perspective, number):
        return "%s %d" % (perspective.name, number)


class Secret(pb.Copyable):
    """Tells everybody something else."""

    def getStateToCopyFor(self, perspective):
        return {"text": "for " + perspective.name}


class SecretCopy(pb.RemoteCopy):
    pass


pb.setUnjellyableForClass(Secret, SecretCopy)

PANEL = Panel()


class Avatar(pb.Avatar):
    def __init__(self, name, mind):
        self.name = name
        self.mind = mind

    def perspective_panel(self):
        return PANEL

    def perspective_isPanel(self, view):
        return view.object is PANEL and view.perspective is self

    def perspective_secret(self):
        return Secret()

    def perspective_tell(self, listener):
        """A reference remembers on whose behalf it was received."""
        return listener.callRemote("hear", Secret(), PANEL)

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


class Listener(pb.Referenceable):
    def remote_hear(self, secret, panel):
        return panel.callRemote("who", 7).addCallback(lambda who: secret.text + ", " + who)


def server(realm, anonymous):
    """The factory of a server with logins."""
    who = [checkers.InMemoryUsernamePasswordDatabaseDontUse(alice=b"sesame", bob=b"caraway")]
    if anonymous:
        who.append(checkers.AllowAnonymousAccess())
    return pb.PBServerFactory(portal.Portal(realm, who))


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
            .addCallbacks(
                lambda value: {"value": value.text if isinstance(value, SecretCopy) else value},
                outcome_of_failure,
            )
        )

    def do_call_and_keep(self, handle, method, name):
        return self.avatars[handle].callRemote(method).addCallback(
            lambda value: self.keep(name, value)
        )

    def do_call_with(self, handle, method, name):
        return self.do_call(handle, method, self.avatars[name])

    def do_listen(self, handle):
        return self.do_call(handle, "tell", Listener())

    def do_same(self, one, other):
        return {"value": str(self.avatars[one] == self.avatars[other]).lower()}

    def do_let_go(self, handle):
        del self.avatars[handle]

    def do_hang_up(self):
        self.factory.disconnect()
