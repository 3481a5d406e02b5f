# SPDX-License-Identifier: Apache-2.0
"""One connection on which both sides hold each other's lab, and what a test asks of it."""

import collections
import copy
import datetime
import decimal
import gc
import math
import resource
import struct

from twisted.internet import address, defer, reactor, task
from twisted.spread import pb

import gardens
import lab as labs
import paging
import randoms
import shown
import soak
import typed
from describe import describe

LANGUAGE = {
    "datetime": datetime,
    "Decimal": decimal.Decimal,
    "math": math,
    "float_of": lambda bits: struct.unpack(">d", bytes.fromhex(bits))[0],
    "Stranger": labs.Stranger,
    "Unprepared": labs.Unprepared,
}


class Meeting:
    def __init__(self):
        self.lab = labs.Lab(self)
        self.garden = gardens.Garden()
        self.mirror = shown.Mirror()
        self.theirs = None
        self.broker = None
        self.things = {}
        self.results = {}
        self.listener = typed.Listener()
        self.endings = []
        self.ended = defer.Deferred()

    def begin(self, theirs):
        self.theirs = theirs
        self.broker = theirs.broker
        # Else a call right after an answer waits 40 ms for the answer's delayed acknowledgement.
        if not isinstance(self.broker.transport.getHost(), address.UNIXAddress):
            self.broker.transport.setTcpNoDelay(True)
        self.broker.notifyOnDisconnect(lambda: self.ended.callback(None))

    def later(self, value):
        return task.deferLater(reactor, 0, lambda: value)

    def thing(self, name):
        if name not in self.things:
            self.things[name] = labs.Thing()
        return self.things[name]

    def names(self):
        names = {id(thing): name for name, thing in self.things.items()}
        names[id(self.lab)] = "lab"
        names[id(self.listener)] = "listener"
        return names

    def value(self, source):
        """The value that Python source leaves in v."""
        scope = dict(LANGUAGE, lab=self.lab, theirs=self.theirs, thing=self.thing)
        scope["result"] = self.results.get
        scope["listener"] = self.listener
        exec(source, scope)
        return scope["v"]

    def ask(self, method, arguments, keywords, **options):
        return self.theirs.callRemote(
            method, *self.value("v = " + arguments), **self.value("v = " + keywords), **options
        )

    # ---- commands ----

    @defer.inlineCallbacks
    def do_observe(self, source):
        """Describes a value as made here, as it arrived there, and as it came back."""
        value = self.value(source)
        there = yield self.theirs.callRemote("describe", value)
        back = yield self.theirs.callRemote("echo", value)
        return [describe(value, self.names()), there, describe(back, self.names())]

    @defer.inlineCallbacks
    def do_observe_random(self, *seeds):
        """The same of random values, all in two calls."""
        values = [randoms.value(seed, containers) for seed, containers in seeds]
        there = yield self.theirs.callRemote("describeEach", *values)
        back = yield self.theirs.callRemote("echo", values)
        return [list(map(describe, values)), there, list(map(describe, back))]

    @defer.inlineCallbacks
    def do_reflect(self, which, method, source):
        """Shows a value as made here, as Java's mirror had it, and as it came back."""
        mirror = yield self.theirs.callRemote("mirror")
        surface = yield self.theirs.callRemote(which)
        value = shown.made(source, {"theirs": mirror})
        told = {"kind": shown.kind(value), "sent": shown.text(value)}
        yield defer.maybeDeferred(surface.callRemote, method, value).addCallbacks(
            lambda back: told.update(back=shown.back(back, value)),
            lambda reason: told.update(failed=outcome_of_failure(reason)),
        )
        told["seen"] = yield mirror.callRemote("seen")
        return told

    def do_soak_begin(self, seed):
        self.soaker = soak.Soaker(seed)

    @defer.inlineCallbacks
    def do_soak(self, references):
        """Sends so many references; tells how many left in all, and what was not as it should be."""
        theirs = yield self.theirs.callRemote("soaker")
        yield self.soaker.run(theirs, references)
        return {
            "carried": self.soaker.parcels.carried,
            "faults": self.soaker.faults,
            "exported": len(self.broker.localObjects),
            "peakKilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }

    def do_soak_end(self):
        self.soaker = None

    def do_call(self, method, arguments, keywords):
        """Calls and tells how it came out."""
        return defer.maybeDeferred(self.ask, method, arguments, keywords).addCallbacks(
            lambda value: {"value": describe(value, self.names())}, outcome_of_failure
        )

    def do_call_and_keep(self, name, method, arguments):
        def keep(value):
            self.results[name] = value
            return describe(value, self.names())

        return self.ask(method, arguments, "{}").addCallback(keep)

    def do_call_on(self, name, method, arguments, keywords):
        """Calls an object that was kept, and tells how it came out."""
        return defer.maybeDeferred(
            self.results[name].callRemote,
            method,
            *self.value("v = " + arguments),
            **self.value("v = " + keywords)
        ).addCallbacks(
            lambda value: {"value": describe(value, self.names())}, outcome_of_failure
        )

    @defer.inlineCallbacks
    def do_garden_of_java(self, name):
        """Keeps a copy of a pond there for a while; tells what it held and what became of it."""
        garden = self.results[name]
        pond = yield garden.callRemote("pond")
        before = list(pond.ducks)
        lengths = yield garden.callRemote("add", "teal")
        home = yield garden.callRemote("isPond", pond)
        return [before, lengths, pond.ducks, home]

    def do_ping(self, name):
        return self.results[name].callRemote("ping")

    def do_send(self, method, arguments):
        self.ask(method, arguments, "{}", pbanswer=0)

    def do_trap(self, method, arguments, *names):
        """The first of these names that traps the failure of a call."""
        return self.ask(method, arguments, "{}").addErrback(lambda f: f.trap(*names))

    def do_unsafe_tracebacks(self):
        """Sends tracebacks on this connection alone."""
        self.broker.factory = copy.copy(self.broker.factory)
        self.broker.factory.unsafeTracebacks = True

    def do_refused_code(self, method, arguments):
        """The code of the error that a call fails with, which travelled as itself."""
        return self.ask(method, arguments, "{}").addErrback(
            lambda f: f.trap(labs.Refused) and f.value.code
        )

    def do_flood(self, count):
        """Makes so many calls that are not answered before flood_end."""
        self.flooded = []
        for n in range(count):
            call = self.theirs.callRemote("hold", n, count + 1)
            call.addErrback(lambda failure: outcome_of_failure(failure)["text"])
            call.addCallback(self.flooded.append)

    def do_flood_end(self, count):
        """Makes the call that lets all be answered; tells the order in which they were."""
        before = list(self.flooded)
        return self.theirs.callRemote("hold", count, count + 1).addCallback(
            lambda last: before + self.flooded
        )

    def do_nest_many(self, count):
        """Makes so many calls at once that each call back; tells how many came out in which way."""
        calls = [
            self.theirs.callRemote("nest", 1, self.lab).addCallbacks(
                lambda path: "answered", lambda failure: outcome_of_failure(failure)["text"]
            )
            for _ in range(count)
        ]
        return defer.gatherResults(calls).addCallback(collections.Counter)

    def do_drop_everything(self):
        self.theirs = None
        self.things.clear()
        self.results.clear()
        self.lab.kept.clear()

    def do_counts(self):
        """How many objects of ours the other side holds, and how many of theirs we do."""
        gc.collect()
        exported = [luid for luid in self.broker.localObjects if isinstance(luid, int)]
        imported = [
            each
            for each in gc.get_objects()
            if type(each) is pb.RemoteReference
            and each.broker is self.broker
            and isinstance(each.luid, int)  # the root object has a name, and is not counted
        ]
        return {"exported": len(exported), "numbers": len(self.broker.luids), "imported": len(imported)}

    def do_dialect(self):
        return self.broker.currentDialect.decode("ascii")

    def do_pend(self, count):
        """Makes calls that are never answered, and asks to be told of the end in all ways there are."""
        for _ in range(count):
            self.theirs.callRemote("hold", 0, count + 1).addBoth(self.endings.append)
        self.theirs.notifyOnDisconnect(lambda ref: self.endings.append("reference"))
        self.broker.notifyOnDisconnect(lambda: self.endings.append("broker"))

    def do_endings(self):
        """How everything ended, once the connection has."""

        def count(done):
            return collections.Counter(
                e if isinstance(e, str) else outcome_of_failure(e)["type"] for e in self.endings
            )

        return self.ended.addCallback(lambda done: self.later(None)).addCallback(count)

    def do_page(self, how, method, *args):
        """Has a method of their library page something to us; tells what came."""
        call = getattr(paging, how)(self.theirs, method, *args)
        return call.addErrback(outcome_of_failure)

    def do_read_so_far(self):
        """How much of the file that is being paged has been read."""
        return self.lab.library.file.position

    def do_hang_up(self):
        self.broker.transport.loseConnection()


def outcome_of_failure(failure):
    """A failure as data: the bytes of a remote type's name, or the name of a local class."""
    if isinstance(failure.type, bytes):
        return {
            "type": failure.type.decode("utf-8"),
            "remote": True,
            "text": failure.value,
            "parents": failure.parents,
            "traceback": failure.traceback,
        }
    kind = failure.type
    return {
        "type": "%s.%s" % (kind.__module__, kind.__qualname__),
        "remote": False,
        "text": str(failure.value),
        "parents": [],
        "traceback": "",
    }


class Doorstep(pb.Root):
    """Where a client comes in: it gives its lab and gets ours."""

    def __init__(self, meetings):
        self.meetings = meetings

    def remote_meet(self, number, theirs):
        meeting = self.meetings[number] = Meeting()
        meeting.begin(theirs)
        return meeting.lab
