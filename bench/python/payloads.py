# SPDX-License-Identifier: Apache-2.0
"""What is echoed, as Payload.java has it, and what becomes of errors."""

import sys
import time

from twisted.python import log


def report_errors():
    """Sends what goes wrong to standard error, and nothing else."""

    def observe(event):
        if event.get("isError"):
            print(log.textFromEventDict(event), file=sys.stderr, flush=True)

    log.startLoggingWithObserver(observe, setStdout=False)


def usage():
    """Processor time so far in ns; the heap is not counted."""
    return "%d 0" % time.process_time_ns()


PAYLOADS = {
    "int": 123456,
    "dict": {
        "job": 4711,
        "name": "encode-film",
        "state": "RUNNING",
        "progress": 0.25,
        "urgent": False,
        "worker": {"name": "w1", "slots": 4, "tags": ["linux", "x86"]},
    },
    "kilobyte": bytes(range(256)) * 4,
    "chunk": bytes(range(256)) * 256,
}
