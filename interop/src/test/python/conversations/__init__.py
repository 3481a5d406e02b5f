# SPDX-License-Identifier: Apache-2.0
"""What a server and a client say to each other about one feature, one module for each.

Every module has server(host), which makes the server's factory, and client(visit), which comes to
it. Both say what they see; conversations/NAME.txt among the tests' resources is what they are to
say, in whichever language they are written. A class NameConversation.java is each module's twin.
"""

from twisted.internet import defer
from twisted.spread import banana, pb

from describe import describe

WORDS = [
    (pb.PBConnectionLost, "connection lost"),
    (pb.DeadReferenceError, "dead reference"),
    (defer.TimeoutError, "too late"),
    (defer.CancelledError, "cancelled"),
    (banana.BananaError, "cannot be sent"),
]


def failure_in_words(failure):
    """The name of a remote type, or what a failure of our own is called in every language."""
    if isinstance(failure.type, bytes):
        return failure.type.decode("utf-8")
    for kind, words in WORDS:
        if failure.check(kind):
            return words
    failure.raiseException()


class Speaker:
    """One side of a conversation."""

    def __init__(self):
        self.lines = []

    def say(self, what, *value):
        """Writes down a line: words, or words and the value that they led to."""
        self.lines.append(" → ".join([what, *map(describe, value)]))

    def outcome(self, what, call, *args, **keywords):
        """Makes a call and says how it came out."""
        return defer.maybeDeferred(call, *args, **keywords).addCallbacks(
            lambda value: self.say(what, value),
            lambda failure: self.say(what + " ✗ " + failure_in_words(failure)),
        )
