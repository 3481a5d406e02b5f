# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with a call is the caller's to know. FailuresConversation.java is the twin."""

from twisted.internet import defer, reactor, task
from twisted.spread import pb


class OutOfTea(pb.Error):
    pass


class OutOfGreenTea(OutOfTea):
    pass


class Odd(Exception):
    """One that the other side has never heard of."""


class Refused(pb.Copyable, pb.RemoteCopy, Exception):
    """Travels as itself, with its attributes."""

    def __init__(self, code=0):
        Exception.__init__(self)
        self.code = code


pb.setUnjellyableForClass(Refused, Refused)


class Kitchen(pb.Root):
    def __init__(self, speaker):
        self.speaker = speaker

    def remote_brew(self, tea):
        self.speaker.say("asked for " + tea)
        if tea == "green":
            raise OutOfGreenTea("no more green")
        if tea == "black":
            raise OutOfTea("no more black")
        if tea == "odd":
            raise Odd("never heard of")
        if tea == "wrong":
            raise ValueError("no tea")
        if tea == "absent":
            return {}[tea]
        if tea == "refused":
            raise Refused(7)
        return tea

    def remote_brewLater(self, tea):
        return task.deferLater(reactor, 0, self.remote_brew, tea)

    @defer.inlineCallbacks
    def remote_askAt(self, kitchen):
        """Asks another and passes on what comes."""
        try:
            yield kitchen.callRemote("brew", "black")
        except pb.RemoteError as error:
            self.speaker.say("it failed there ✗ " + error.remoteType.decode())
            raise OutOfTea(str(error))


def server(host):
    return pb.PBServerFactory(Kitchen(host))


def trapping(*names):
    """Says which of these names traps a failure."""
    return lambda failure: failure.trap(*names)


TEA = "conversations.failures.OutOfTea"


async def client(visit):
    root = await visit.root()
    for method in ("brew", "brewLater"):
        for tea in ("green", "black", "odd"):
            await visit.outcome(method + " " + tea, root.callRemote, method, tea)
    trap = root.callRemote("brew", "black").addErrback(trapping("conversations.Other", TEA))
    visit.say("trapped by name", await trap)
    trap = root.callRemote("brew", "green").addErrback(trapping("conversations.Other", TEA))
    visit.say("trapped by a base", await trap)
    trap = root.callRemote("brew", "green").addErrback(trapping("twisted.spread.pb.Error"))
    visit.say("trapped as PB's", await trap)
    trap = root.callRemote("brew", "wrong").addErrback(trapping("builtins.ValueError"))
    visit.say("trapped as Python's", await trap)
    trap = root.callRemote("brew", "absent").addErrback(trapping("builtins.LookupError"))
    visit.say("trapped as Python's", await trap)
    typed = root.callRemote("brew", "black").addErrback(
        lambda failure: failure.trap(TEA) and failure.value
    )
    visit.say("caught by type", await typed)
    code = root.callRemote("brew", "refused").addErrback(
        lambda failure: failure.trap(Refused) and failure.value.code
    )
    visit.say("an error that travels as itself", await code)
    words = root.callRemote("brew", "odd").addErrback(
        lambda failure: [failure.value, failure.traceback]
    )
    visit.say("an unknown type's words, and no traceback", await words)
    await visit.outcome("passed on", root.callRemote, "askAt", Kitchen(visit))
    await visit.outcome("no such method", root.callRemote, "fly")
    await visit.outcome("wrong arguments", root.callRemote, "brew")
    visit.say("the connection stays", await root.callRemote("brew", "mint"))
