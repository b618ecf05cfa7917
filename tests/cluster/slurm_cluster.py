"""Slurm from Debian on this machine, for tests: one machine that is all of a cluster.

All of it is private: folder, munge's key and socket, ports. Nothing of a Slurm that may run here is
touched, and several of these may run at once. The daemons end with the process that started them,
however that ends.
"""
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "scancel", "scontrol", "sinfo", "squeue", "srun"]
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
PR_SET_PDEATHSIG = 1


def why_not():
    """Why Slurm cannot be started here, or nothing."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if missing:
        return "not installed (Debian's slurm-wlm and munge): " + ", ".join(missing)
    if os.geteuid() != 0:
        return "Slurm's daemons need root"
    return None


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def ends_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class SlurmCluster:
    def __init__(self, folder, cores=4):
        self.folder = Path(folder)
        self.daemons = []
        self.host = socket.gethostname().split(".")[0]
        for name in ["state", "spool", "log"]:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)  # munge's clients look for its socket in it
        controller, node = free_ports(2)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
        self.socket = self.folder / "munge.socket"
        self.conf = self.folder / "slurm.conf"
        self.conf.write_text(f"""\
ClusterName=test
SlurmctldHost={self.host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={self.socket}
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort={controller}
SlurmdPort={node}
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd.pid
SlurmctldLogFile={self.folder}/log/slurmctld.log
SlurmdLogFile={self.folder}/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=5,batch_sched_delay=0
MinJobAge=300
NodeName={self.host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory={memory - 512} State=UNKNOWN
PartitionName=local Nodes={self.host} Default=YES MaxTime=INFINITE State=UP
""")

    def environment(self):
        # A job of another Slurm that runs this test must not be taken for one of ours.
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("SLURM_", "SBATCH_"))}
        return dict(kept, PATH=PATH, SLURM_CONF=str(self.conf))

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def daemon(self, name, *words):
        with open(self.folder / "log" / f"{name}.out", "ab") as out:
            process = subprocess.Popen([name, *map(str, words)], stdin=subprocess.DEVNULL,
                                       stdout=out, stderr=out, env=self.environment(),
                                       cwd=self.folder, preexec_fn=ends_with_parent)
        self.daemons.append(process)
        return process

    def start(self):
        key = self.folder / "munge.key"
        if not key.exists():
            key.write_bytes(os.urandom(128))
            key.chmod(0o400)
        # --force: the folder may lie below one that others may write to, such as /tmp.
        self.daemon("munged", "--foreground", "--force", f"--socket={self.socket}", f"--key-file={key}",
                    f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/log/munged.log",
                    f"--seed-file={self.folder}/munged.seed")
        self.wait(self.socket.exists, "munge")
        self.daemon("slurmctld", "-D")
        self.daemon("slurmd", "-D", "-N", self.host)
        self.wait(self.is_up, "Slurm")

    def is_up(self):
        """Whether the machine answers; after an unclean end it may still have to clean up jobs."""
        return self.say("sinfo", "-h", "-o", "%T").strip() in ("idle", "allocated", "mixed", "completing")

    def wait(self, holds, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not holds():
            for process in self.daemons:
                if process.poll() is not None:
                    raise RuntimeError(f"{process.args[0]} ended\n{self.logs()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"waited in vain for {what}\n{self.queued()}\n{self.logs()}")
            time.sleep(0.1)

    def logs(self):
        """The ends of all logs, for messages."""
        return "\n".join(f"== {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-15:])
                         for path in sorted((self.folder / "log").iterdir()))

    def say(self, *words):
        """What a command of Slurm prints; empty where it fails, as while daemons are starting."""
        done = subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=60,
                              env=self.environment())
        return done.stdout if done.returncode == 0 else ""

    def job(self, number):
        """State and exit of a job or task that may have ended: ("COMPLETED", "0:0")."""
        text = self.say("scontrol", "-o", "show", "job", number)
        fields = dict(word.split("=", 1) for word in text.split() if "=" in word)
        return fields.get("JobState", "UNKNOWN"), fields.get("ExitCode", "")

    def queued(self):
        return self.say("squeue", "-h", "-r", "-o", "%i %t").splitlines()

    def wait_for_jobs(self, seconds=300):
        self.wait(lambda: not self.queued(), "all jobs", seconds)

    def stop(self):
        """Ends jobs first: what runs them does not end with the daemons."""
        for line in self.queued():
            self.say("scancel", line.split()[0])
        deadline = time.monotonic() + 20
        while self.queued() and time.monotonic() < deadline:
            time.sleep(0.1)
        for process in reversed(self.daemons):
            process.terminate()
        for process in reversed(self.daemons):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.daemons = []

    def kill(self):
        """As when the machine's power fails."""
        for process in self.daemons:
            process.kill()
            process.wait()
        self.daemons = []
