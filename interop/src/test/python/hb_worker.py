#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A Spindle worker in Python, on Debian's python3-twisted: hb_worker.py HOST:PORT NAME SECRET-FILE DIR

It does the jobs of its queue one by one. A worker for real work also comes back after a lost connection and names
what it still runs, goes on with transfers that were cut off, and keeps to timeout and max_time."""
import ftplib, glob, hashlib, os, shutil, signal, sys, time
from twisted.cred.credentials import UsernamePassword
from twisted.internet import defer, protocol, reactor, task, threads
from twisted.spread import pb


def sha256_of(path):
    return hashlib.file_digest(open(path, "rb"), "sha256").hexdigest()


def transfer(grant, verb, path):
    """Moves one file. A grant is good for one FTP login, one file and one direction, and says what must come out."""
    with ftplib.FTP() as ftp, open(path, "wb" if verb == "RETR" else "rb") as file:
        ftp.connect(grant["host"], grant["port"], timeout=60)
        ftp.login(grant["user"], grant["password"])
        move = (ftp.retrbinary, file.write) if verb == "RETR" else (ftp.storbinary, file)
        move[0](verb + " " + grant["path"], move[1])
    if os.path.getsize(path) != grant["size"] or sha256_of(path) != grant["sha256"]:
        raise IOError(path + " is not what the controller knows by that name")


class Command(protocol.ProcessProtocol):
    """A running command: its output goes to the job's log, its exit status to `ended`."""
    def __init__(self, job, attempt):
        self.job, self.attempt, self.stopped = job, attempt, None
        self.began, self.ended = time.monotonic(), defer.Deferred()

    def childDataReceived(self, descriptor, data):
        stream = "stdout" if descriptor == 1 else "stderr"
        self.job.callRemote("log", stream, data.decode("utf-8", "replace")).addErrback(print)

    def processEnded(self, reason):
        self.ended.callback(128 + reason.value.signal if reason.value.exitCode is None else reason.value.exitCode)


class Worker(pb.Referenceable):  # The HBClient: the server may ask of it what is named remote_…
    def __init__(self, folder):
        self.folder, self.queue, self.busy, self.running = folder, None, False, {}  # Commands by their jobs' ids.

    def remote_queueUpdated(self, length):
        defer.ensureDeferred(self.work())

    def remote_status(self):
        running = [{"id": id, "attempt": command.attempt, "percent": None, "elapsed": time.monotonic() - command.began}
                   for id, command in self.running.items()]
        return {"running": running, "load": os.getloadavg()[0], "free_disk": shutil.disk_usage(self.folder).free}

    def remote_stop(self, id, why):
        if id in self.running:
            self.running[id].stopped = why
            os.killpg(self.running[id].transport.pid, signal.SIGKILL)  # It leads a session of its own, by setsid.
        return id in self.running

    def remote_print(self, text):  # Also the server's keepalive: an answer is all that it asks for.
        print("controller:", text, flush=True)

    def remote_shutdown(self, graceful):
        reactor.callLater(0, reactor.stop)

    async def work(self):
        """Does the first job of the queue until there is none: the server takes out what has ended."""
        if self.queue and not self.busy:
            self.busy = True
            while jobs := await self.queue.callRemote("jobs"):
                try:
                    await self.do(jobs[0])
                except Exception as failure:
                    await jobs[0].callRemote("failed", str(failure), True)
            self.busy = False

    async def do(self, job):
        what = await job.callRemote("describe")
        here = os.path.join(self.folder, "%d-%d" % (what["id"], what["attempt"]))
        os.makedirs(here)
        for file in what["inputs"]:
            grant = await job.callRemote("fetch", file["name"])
            path = os.path.join(here, file["name"])
            os.makedirs(os.path.dirname(path), exist_ok=True)
            await threads.deferToThread(transfer, grant, "RETR", path)
        if not await job.callRemote("started"):  # The job is no longer ours.
            return
        command, argv = Command(job, what["attempt"]), ["setsid"] + what["args"]["command"]
        reactor.spawnProcess(command, argv[0], argv, {**os.environ, **what["args"]["env"]}, here)
        self.running[what["id"]] = command
        status = await command.ended
        del self.running[what["id"]]
        for name in {n for pattern in what["outputs"] for n in glob.glob(pattern, root_dir=here, recursive=True)}:
            path = os.path.join(here, name)
            grant = await job.callRemote("offer", name, os.path.getsize(path), sha256_of(path))
            if grant["offset"] < grant["size"]:  # Else the depot has this content already.
                await threads.deferToThread(transfer, grant, "STOR", path)
            await job.callRemote("delivered", name)  # The server fails a job of which something is missing.
        shutil.rmtree(here)
        if command.stopped:
            return await job.callRemote("failed", command.stopped, False)
        await job.callRemote("finished", {"exit": status, "elapsed": time.monotonic() - command.began})


async def main(reactor, address, name, secret_file, folder):
    (host, port), boot = address.rsplit(":", 1), open("/proc/sys/kernel/random/boot_id").read().strip()
    worker, factory, gone = Worker(folder), pb.PBClientFactory(), defer.Deferred()
    reactor.connectTCP(host, int(port), factory)
    me = await factory.login(UsernamePassword(name.encode(), open(secret_file, "rb").read().strip()), client=worker)
    me.notifyOnDisconnect(gone.callback)
    worker.queue = await me.callRemote("register", worker, {
        "name": name, "version": "python 1", "tags": ["python"], "slots": 1, "cpus": os.cpu_count(),
        "kinds": ["shell"], "holds": [], "running": [], "boot": boot})
    print("registered as", name, flush=True)
    worker.remote_queueUpdated(0)
    await gone


task.react(lambda *arguments: defer.ensureDeferred(main(*arguments)), sys.argv[1:])
