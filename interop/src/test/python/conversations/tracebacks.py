# SPDX-License-Identifier: Apache-2.0
"""Where a call failed is told among friends, and never else. TracebacksConversation.java is the twin."""

from twisted.internet import defer
from twisted.spread import pb


class Kitchen(pb.Root):
    def __init__(self, speaker):
        self.speaker = speaker

    def remote_brew(self):
        return self.stir()

    def stir(self):
        raise ValueError("spilt")

    @defer.inlineCallbacks
    def remote_askAt(self, kitchen):
        text = yield kitchen.callRemote("brew").addErrback(lambda failure: failure.traceback)
        look(self.speaker, text)


def look(speaker, text):
    """Says what a traceback has of what every language has in it."""
    speaker.say("a traceback", text.startswith("Traceback (most recent call last):\n"))
    speaker.say("where it was called", "brew" in text)
    speaker.say("where it failed", "stir" in text)
    speaker.say("with what", "spilt" in text)


def server(host):
    return pb.PBServerFactory(Kitchen(host), unsafeTracebacks=True)


async def client(visit):
    factory = visit.connect(pb.PBClientFactory(unsafeTracebacks=True))
    root = await factory.getRootObject()
    text = await root.callRemote("brew").addErrback(lambda failure: failure.traceback)
    look(visit, text)
    await root.callRemote("askAt", Kitchen(visit))

    silent = Kitchen(visit)
    guarded = await visit.root()
    await guarded.callRemote("askAt", silent)
