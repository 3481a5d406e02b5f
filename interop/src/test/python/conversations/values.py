# SPDX-License-Identifier: Apache-2.0
"""Plain values there and back. ValuesConversation.java is the twin."""

import datetime
import decimal

from twisted.spread import pb

from describe import describe


def values():
    shared = ["shared"]
    cycle = [1]
    cycle.append(cycle)
    return [
        None,
        True,
        False,
        0,
        -1,
        2**31 - 1,
        2**31,
        -(2**31) - 1,
        10**100,
        0.1,
        -0.0,
        float("inf"),
        float("nan"),
        "",
        "text",
        "naïve ☕ \U0001f9f5 \0",
        [b""],
        b"bytes \x00\xff",
        [],
        [1, "a", None, [2.5]],
        (1, (b"x",), []),
        {"z": 1, b"z": 2, 7: (), None: [], (1, 2): {}},
        {1, 2, "three"},
        frozenset([1, (2, 3)]),
        datetime.datetime(2020, 7, 11, 1, 16, 5, 344),
        datetime.date(2020, 7, 11),
        datetime.time(23, 59, 59, 999999),
        datetime.timedelta(days=-1, seconds=3, microseconds=5),
        decimal.Decimal("-9.50"),
        decimal.Decimal("1E+10"),
        [shared, {"again": shared}],
        cycle,
    ]


class Server(pb.Root):
    def __init__(self, host):
        self.host = host

    def remote_echo(self, value):
        self.host.say(describe(value))
        return value

    def remote_values(self):
        return values()


def server(host):
    return pb.PBServerFactory(Server(host))


async def client(visit):
    root = await visit.root()
    for value in values():
        back = await root.callRemote("echo", value)
        visit.say(describe(back))
        assert describe(back) == describe(value)
    visit.say("the server's own", await root.callRemote("values"))
