"""What tests of runs over MPI share."""
import os
import resource
import signal
import subprocess
import time

from terrace_program import PROGRAM, ProgramTest

MPIRUN = os.environ.get("TERRACE_MPIRUN") or "mpirun"

# Seven counties or so, small enough for several processes on one core.
SMALL = ("mini", "--set", "population.provinces=[Gansu,Guizhou]", "--set", "time.start=2011-01",
         "--set", "time.end=2015-12")


class MpiTest(ProgramTest):
    limit = 60  # seconds; a job that hangs fails

    def environment(self):
        # More ranks than cores, perhaps by root in a container.
        return dict(super().environment(), OMPI_ALLOW_RUN_AS_ROOT="1",
                    OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_rmaps_base_oversubscribe="1",
                    OMPI_MCA_odls_base_sigkill_timeout="5")

    def job(self, ranks, words, **options):
        return subprocess.Popen([MPIRUN, "--bind-to", "none", "-n", str(ranks), *map(str, words)],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                cwd=self.folder, env=self.environment(), **options)

    def ended(self, job, status=0):
        """What the job said; fails unless it ends in time and with `status`."""
        try:
            out, err = job.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            job.send_signal(signal.SIGKILL)
            self.fail(f"still running after {self.limit} s: {job.args}\n{job.communicate()[1]}")
        self.assertEqual(job.returncode, status, f"{job.args}\n{out}\n{err}")
        return subprocess.CompletedProcess(job.args, job.returncode, out, err)

    def over(self, ranks, *words, status=0, **options):
        """Runs the program over ranks."""
        return self.ended(self.job(ranks, (PROGRAM, *words), **options), status)

    def digest_over(self, ranks, *words):
        lines = self.over(ranks, *words).stdout.splitlines()
        self.assertEqual(len(lines), 1, "one rank speaks")
        self.assertRegex(lines[0], r"^digest: [0-9a-f]{32}$")
        return lines[0]

    def bytes_of(self, name):
        return (self.folder / name / "trajectories.h5").read_bytes()

    def wait_for(self, path, job):
        while not (self.folder / path).exists():
            self.assertIsNone(job.poll(), f"it ended before there was {path}")
            time.sleep(0.005)

    def processes(self, job):
        """The ranks of a job, by number."""
        found = {}
        for line in subprocess.run(["ps", "-o", "pid=", "--ppid", str(job.pid)], check=True,
                                   capture_output=True, text=True).stdout.split():
            with open(f"/proc/{line}/environ", "rb") as file:
                for variable in file.read().split(b"\0"):
                    name, _, value = variable.partition(b"=")
                    if name == b"OMPI_COMM_WORLD_RANK":
                        found[int(value)] = int(line)
        return found


def little_memory(megabytes):
    """For `preexec_fn`: a limit on what a process may allocate."""
    return lambda: resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
