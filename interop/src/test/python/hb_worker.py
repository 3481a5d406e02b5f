#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A Spindle worker in Python, on Debian's python3-twisted. Usage: hb_worker.py HOST:PORT NAME SECRET-FILE DIR

Takes the jobs of its queue one by one: fetches inputs, runs the command, streams its output, delivers what
matches the output patterns, tells how it ended. A worker for real work also comes back after a lost connection,
naming what it still runs, goes on with transfers that were cut off, and keeps to timeout and max_time."""
import ftplib, glob, hashlib, os, shutil, signal, sys, time
from twisted.cred.credentials import UsernamePassword
from twisted.internet import defer, protocol, reactor, threads
from twisted.spread import pb

def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

def connect(grant):  # A grant is a login, good for one use of one file in one direction.
    ftp = ftplib.FTP(timeout=60)
    ftp.connect(grant["host"], grant["port"])
    ftp.login(grant["user"], grant["password"])
    return ftp

def download(grant, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file, connect(grant) as ftp:
        ftp.retrbinary("RETR " + grant["path"], file.write)
    if sha256_of(path) != grant["sha256"]:
        raise IOError(path + " came with the wrong content")

def upload(grant, path):
    if grant["offset"] < grant["size"]:  # Else the depot has this content already.
        with open(path, "rb") as file, connect(grant) as ftp:
            ftp.storbinary("STOR " + grant["path"], file)

class Command(protocol.ProcessProtocol):  # Output goes to the job's log, the exit status to `ended`.
    def __init__(self, job):
        self.job, self.ended, self.stopped = job, defer.Deferred(), None
    def childDataReceived(self, descriptor, data):
        self.job.callRemote("log", {1: "stdout", 2: "stderr"}[descriptor], data.decode("utf-8", "replace"))
    def processEnded(self, reason):
        self.ended.callback(reason.value.exitCode if reason.value.signal is None else 128 + reason.value.signal)

class Worker(pb.Referenceable):
    """The HBClient: what the server may ask of us is named remote_…"""
    def __init__(self, name, folder):
        self.name, self.folder, self.queue, self.busy = name, folder, None, False
        self.running = {}  # job id: (attempt, Command, when it began)
    def info(self):
        return {"name": self.name, "version": "python 1", "tags": ["python"], "slots": 1, "kinds": ["shell"],
                "running": [], "boot": open("/proc/sys/kernel/random/boot_id").read().strip()}
    def remote_queueUpdated(self, length):
        reactor.callLater(0, self.work)
    def remote_status(self):
        running = [{"id": id, "attempt": attempt, "percent": None, "elapsed": time.monotonic() - began}
                   for id, (attempt, _, began) in self.running.items()]
        return {"running": running, "load": os.getloadavg()[0], "free_disk": shutil.disk_usage(".").free}
    def remote_stop(self, id, why):
        if id in self.running:
            command = self.running[id][1]
            command.stopped = why
            os.killpg(command.transport.pid, signal.SIGKILL)  # It leads a session of its own, by setsid.
        return id in self.running
    def remote_print(self, text):  # Also the server's keepalive: answering is all that it asks for.
        print("controller:", text, flush=True)
    def remote_shutdown(self, graceful):
        reactor.stop()
    @defer.inlineCallbacks
    def work(self):
        """Does the first job of the queue until there is none. The server takes a job out once its end is in."""
        if self.busy or self.queue is None: return
        self.busy = True
        while jobs := (yield self.queue.callRemote("jobs")):
            try:
                yield self.do(jobs[0])
            except (OSError, ftplib.Error) as failure:
                yield jobs[0].callRemote("failed", str(failure), True)
        self.busy = False
    @defer.inlineCallbacks
    def do(self, job):
        what = yield job.callRemote("describe")
        here = os.path.join(self.folder, "%d-%d" % (what["id"], what["attempt"]))
        os.makedirs(here)
        for file in what["inputs"]:
            grant = yield job.callRemote("fetch", file["name"])
            yield threads.deferToThread(download, grant, os.path.join(here, file["name"]))
        if not (yield job.callRemote("started")):  # The job is no longer ours.
            return
        command = Command(job)
        began, args = time.monotonic(), what["args"]
        reactor.spawnProcess(command, "setsid", ["setsid"] + args["command"], {**os.environ, **args["env"]}, here)
        self.running[what["id"]] = (what["attempt"], command, began)
        status = yield command.ended
        del self.running[what["id"]]
        for pattern in what["outputs"]:
            for path in glob.glob(pattern, root_dir=here, recursive=True):
                whole = os.path.join(here, path)
                grant = yield job.callRemote("offer", path, os.path.getsize(whole), sha256_of(whole))
                yield threads.deferToThread(upload, grant, whole)
                if not (yield job.callRemote("delivered", path)):
                    raise IOError(path + " did not arrive")
        shutil.rmtree(here)
        if command.stopped:
            yield job.callRemote("failed", command.stopped, False)
        else:
            yield job.callRemote("finished", {"exit": status, "elapsed": time.monotonic() - began})

@defer.inlineCallbacks
def main(address, name, secret_file, folder):
    (host, port), secret = address.rsplit(":", 1), open(secret_file).read().strip()
    worker, factory = Worker(name, folder), pb.PBClientFactory()
    reactor.connectTCP(host, int(port), factory)
    me = yield factory.login(UsernamePassword(name.encode(), secret.encode()), client=worker)
    me.notifyOnDisconnect(lambda gone: reactor.running and reactor.stop())
    worker.queue = yield me.callRemote("register", worker, worker.info())
    print("registered as", name, flush=True)
    yield worker.work()

main(*sys.argv[1:]).addErrback(lambda failure: (failure.printTraceback(), reactor.stop()))
reactor.run()
