# SPDX-License-Identifier: Apache-2.0
"""What is too large costs its call. LimitsConversation.java is the twin."""

from twisted.spread import pb

LIMIT = 640 * 1024


class Server(pb.Root):
    def remote_size(self, value):
        return len(value)

    def remote_bytes(self, size):
        return b"x" * size

    def remote_nested(self, depth):
        value = []
        for _ in range(depth):
            value = [value]
        return value


def server(host):
    return pb.PBServerFactory(Server())


async def client(visit):
    root = await visit.root()
    ask = root.callRemote
    visit.say("640 KiB there", await ask("size", b"x" * LIMIT))
    visit.say("640 KiB back", len(await ask("bytes", LIMIT)))
    visit.say("text, in UTF-8", await ask("size", "é" * (LIMIT // 2)))
    visit.say("200 lists deep", len(await ask("nested", 200)))
    await visit.outcome("a byte more there", ask, "size", b"x" * (LIMIT + 1))
    await visit.outcome("text, a byte more", ask, "size", "é" * (LIMIT // 2) + "e")
    await visit.outcome("a member more there", ask, "size", [0] * LIMIT)
    await visit.outcome("an integer beyond 448 bits", ask, "size", [2**448])
    visit.say("the connection stays", await ask("size", "still here"))
    await visit.outcome("a byte more back", ask, "bytes", LIMIT + 1)
    await visit.outcome("the connection then", ask, "size", "still here")
