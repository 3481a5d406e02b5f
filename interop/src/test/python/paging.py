# SPDX-License-Identifier: Apache-2.0
"""What Twisted sends and collects in pages. PagedLibrary.java offers the same methods."""

import zlib

from twisted.internet import defer
from twisted.spread import pb, util

# Byte number i of everything that is paged is i % 251.
CYCLE = bytes(range(251))
BLOCK = CYCLE * 1000


class Pattern:
    """A file of that many bytes."""

    def __init__(self, size):
        self.size = size
        self.position = 0

    def read(self, count):
        count = min(count, self.size - self.position)
        start = self.position % len(CYCLE)
        self.position += count
        return BLOCK[start : start + count]


class Library(pb.Referenceable):
    def __init__(self):
        self.file = None

    def remote_string(self, collector, size, page):
        util.StringPager(collector, (CYCLE * (size // len(CYCLE) + 1))[:size], page)

    def remote_file(self, collector, size):
        self.file = Pattern(size)
        util.FilePager(collector, self.file)

    def remote_broken(self, collector, size):
        raise ValueError("no such book")

    def remote_forget(self, collector):
        """Never pages anything."""


class Digest(pb.Referenceable):
    """A collector that keeps no page."""

    def __init__(self):
        self.pages = self.bytes = self.crc = 0
        self.whole = defer.Deferred()

    def add(self, page):
        self.pages += 1
        self.bytes += len(page)
        self.crc = zlib.crc32(page, self.crc)

    def result(self):
        return {"pages": self.pages, "bytes": self.bytes, "crc": self.crc}

    def remote_gotPage(self, page):
        self.add(page)

    def remote_endedPaging(self):
        self.whole.callback(self.result())


def digest(pages):
    digest = Digest()
    for page in pages:
        digest.add(page)
    return digest.result()


@defer.inlineCallbacks
def get_all_pages(theirs, method, *args):
    library = yield theirs.callRemote("library")
    pages = yield util.getAllPages(library, method, *args)
    return digest(pages)


def callback_collector(theirs, method, *args):
    """What comes first: the pages, or the failure of the call."""
    outcome = defer.Deferred()
    collector = util.CallbackPageCollector(lambda pages: outcome.callback(digest(pages)))
    called = theirs.callRemote("library").addCallback(
        lambda library: library.callRemote(method, collector, *args)
    )
    called.addErrback(outcome.errback)
    return outcome


@defer.inlineCallbacks
def stream(theirs, method, *args):
    library = yield theirs.callRemote("library")
    collector = Digest()
    yield library.callRemote(method, collector, *args)
    return (yield collector.whole)
