# SPDX-License-Identifier: Apache-2.0
"""What is sent in pages, by both sides. PagesConversation.java is the twin."""

import io
import zlib

from twisted.internet import defer
from twisted.spread import pb, util

SIZES = [0, 1, 8192, 100_000]


def pattern(size):
    return (bytes(range(251)) * (size // 251 + 1))[:size]


class Library(pb.Root):
    def __init__(self, speaker):
        self.speaker = speaker

    def remote_string(self, collector, size):
        util.StringPager(collector, pattern(size))

    def remote_file(self, collector, size):
        util.FilePager(collector, io.BytesIO(pattern(size)))

    @defer.inlineCallbacks
    def remote_readFrom(self, library):
        """Reads everything that the other side has."""
        for kind in ("string", "file"):
            for size in SIZES:
                pages = yield util.getAllPages(library, kind, size)
                everything = b"".join(pages)
                self.speaker.say("%s of %d" % (kind, size), zlib.crc32(everything))
                assert everything == pattern(size)

    def remote_echo(self, value):
        return value


def server(host):
    return pb.PBServerFactory(Library(host))


async def client(visit):
    root = await visit.root()
    mine = Library(visit)
    await mine.remote_readFrom(root)
    await root.callRemote("readFrom", mine)
    both = defer.gatherResults(
        [
            util.getAllPages(root, "string", 600_000),
            util.getAllPages(root, "file", 2_000_000),
            root.callRemote("echo", "meanwhile"),
        ]
    )
    string, file, called = await both
    visit.say("two at once", [len(b"".join(string)), len(b"".join(file))])
    visit.say("and a call", called)
