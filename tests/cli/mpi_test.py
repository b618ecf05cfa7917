"""One run over the ranks of an MPI job: the same bytes, and no rank left waiting when it fails."""
import errno
import json
import os
import signal
import unittest

from mpi_runs import SMALL, MpiTest, little_memory
from terrace_program import PROGRAM, SOURCE

OFTEN = ("--set", "output.checkpoints.every=1")


class SameBytes(MpiTest):
    def test_any_number_of_ranks_and_threads(self):
        for words in (("teach", "--replicates", "2"), (*SMALL, "--replicates", "2")):
            name = words[0]
            expected = self.digest(*words, "-q", "--threads", "1", "-o", name)
            whole = self.bytes_of(name)
            summary = (self.folder / name / "summary.csv").read_bytes()
            fit = (self.folder / name / "fit_report.txt").read_bytes()
            for ranks, threads in ((1, 2), (2, 1), (3, 2), (4, 1)):  # all pairs in mpi_long_test.py
                out = f"{name}-{ranks}-{threads}"
                self.assertEqual(self.digest_over(ranks, "run", *words, "-q", "--threads", threads,
                                                  "-o", out), expected, out)
                self.assertEqual(self.bytes_of(out), whole, out)
                self.assertEqual((self.folder / out / "summary.csv").read_bytes(), summary)
                self.assertEqual((self.folder / out / "fit_report.txt").read_bytes(), fit)
                said = json.loads((self.folder / out / "provenance.json").read_text())
                self.assertEqual((said["ranks"], said["threads"]), (ranks, threads))

    def test_one_rank_speaks(self):
        said = self.over(3, "run", *SMALL, "--threads", "2", "-o", "out")
        self.assertEqual(len(said.stdout.splitlines()), 1)
        self.assertEqual(said.stderr.count("3 ranks, 2 threads each"), 1)
        self.assertEqual(said.stderr.count("results in "), 1)
        self.assertEqual(said.stderr.count("simulated "), 1)
        self.call("verify", "out")


class StoppedAndResumed(MpiTest):
    """A run that some ranks began is ended by any number of others, to the same bytes."""

    words = (*SMALL, *OFTEN, "-q", "--set", "time.end=2020-12")
    expected = None  # digest and bytes of the run by one process

    def setUp(self):
        super().setUp()
        if self.expected is None:
            digest = self.digest(*self.words, "-o", "whole")
            StoppedAndResumed.expected = (digest, self.bytes_of("whole"))

    def stopped(self, ranks, name, send, status=75, threads=1):
        """Begins a run over ranks and sends the job something once there is a checkpoint."""
        job = self.job(ranks, (PROGRAM, "run", *self.words, "--threads", threads, "-o", name))
        self.wait_for(f"{name}/checkpoint/0.bin", job)
        send(job)
        said = self.ended(job, status)
        self.assertEqual(said.stdout, "")
        return said

    def resumed(self, ranks, name, threads=1):
        digest = self.digest_over(ranks, "resume", name, "-q", "--threads", threads)
        self.assertEqual((digest, self.bytes_of(name)), self.expected)

    def test_a_signal_to_mpirun_that_it_hands_on(self):
        said = self.stopped(4, "usr1", lambda job: job.send_signal(signal.SIGUSR1))
        self.assertEqual(said.stderr.count("terrace: stopped; `terrace resume "), 1)
        self.resumed(7, "usr1")

    def test_sigterm_to_one_rank(self):
        def to_last(job):
            os.kill(self.processes(job)[2], signal.SIGTERM)
        self.stopped(3, "one", to_last)
        digest = self.call("resume", "one", "-q").stdout.strip()
        self.assertEqual((digest, self.bytes_of("one")), self.expected)

    def test_begun_by_one_process(self):
        running = self.start("run", *self.words, "--threads", "1", "-o", "alone")
        self.wait_for("alone/checkpoint/0.bin", running)
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
        self.assertEqual(running.returncode, 75)
        self.resumed(7, "alone")

    def test_a_rank_that_is_killed_ends_the_job(self):
        def kill(job):
            os.kill(self.processes(job)[1], signal.SIGKILL)
        self.stopped(3, "killed", kill, status=128 + signal.SIGKILL)
        self.resumed(2, "killed")

    def test_a_damaged_checkpoint_ends_all(self):
        self.stopped(2, "hurt", lambda job: job.send_signal(signal.SIGUSR1))
        path = self.folder / "hurt/checkpoint/0.bin"
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        self.assertEqual(self.over(3, "resume", "hurt", "-q", status=65).stderr.count("0.bin is"), 1)
        path.write_bytes(whole)
        self.resumed(3, "hurt")


class Refused(MpiTest):
    """What cannot be is said once, by all ranks' one exit status, and nobody waits."""

    def refused(self, status, message, *words, ranks=3, **options):
        said = self.over(ranks, *words, status=status, **options)
        self.assertEqual(said.stderr.count(message), 1, said.stderr)
        self.assertEqual(said.stdout, "")
        return said

    def test_a_folder_that_is_taken(self):
        self.call("run", "teach", "-q", "-o", "taken")
        before = self.bytes_of("taken")
        self.refused(64, "taken exists; choose another folder", "run", "teach", "-o", "taken")
        self.assertEqual(self.bytes_of("taken"), before)
        self.refused(64, "nothing to resume", "resume", "taken")

    def test_a_scenario_with_mistakes(self):
        self.refused(65, "7 is out of range", "run", "teach", "--set",
                     "population.sample.counties=7", "-o", "out")
        self.refused(65, "there is no such file", "run", "nowhere/x.yaml", "-o", "out")
        self.assertFalse((self.folder / "out").exists())

    def test_a_folder_that_cannot_be_made(self):
        self.write("file", "")
        self.refused(74, "cannot create folder", "run", "teach", "-o", "file/out")

    def test_too_little_memory(self):
        self.refused(69, "its limits leave", "run", "tpa", "--threads", "1", "-o", "out",
                     preexec_fn=little_memory(250))
        self.assertFalse((self.folder / "out").exists())

    def test_ranks_that_read_different_files(self):
        # As where nodes hold copies: each rank finds another file under the same name.
        for rank in ("0", "1", "2"):
            (self.folder / rank).mkdir()
            seed = "5" if rank == "2" else "4"
            self.write(f"{rank}/own.yaml", f"terrace: 1\nname: own\nextends: {SOURCE}/scenarios/"
                       f"teach.yaml\nrun: {{seed: {seed}}}\n")
        script = f'cd $OMPI_COMM_WORLD_RANK && exec "{PROGRAM}" run own.yaml -o ../out'
        said = self.ended(self.job(3, ("sh", "-c", script)), 65)
        self.assertRegex(said.stderr, "rank 2 on .*: scenario and data are not those of rank 0")
        self.assertFalse((self.folder / "out").exists())

    def test_a_file_that_one_rank_does_not_find(self):
        (self.folder / "0").mkdir()
        (self.folder / "1").mkdir()
        self.write("0/own.yaml", f"terrace: 1\nname: own\nextends: {SOURCE}/scenarios/teach.yaml\n")
        script = f'cd $OMPI_COMM_WORLD_RANK && exec "{PROGRAM}" run own.yaml -o ../out'
        said = self.ended(self.job(2, ("sh", "-c", script)), 65)
        self.assertRegex(said.stderr, "rank 1 on .*: own.yaml: there is no such file")

    def test_a_disk_that_fails_while_it_runs(self):
        shim = os.environ["TERRACE_WRITE_SHIM"]
        words = (PROGRAM, "run", *SMALL, *OFTEN, "-q", "--threads", "1", "-o", "out")
        # Of rank 0 the fifth file that gets its name: the third state, after two that are whole.
        job = self.job(1, ("-x", f"LD_PRELOAD={shim}", "-x",
                           f"TERRACE_SHIM=rename:5:{errno.ENOSPC}", *words,
                           ":", "-n", "2", *words))
        said = self.ended(job, 74)
        self.assertEqual(said.stderr.count("No space left"), 1, said.stderr)
        digest = self.digest(*SMALL, *OFTEN, "-q", "-o", "whole")
        self.assertEqual(self.digest_over(2, "resume", "out", "-q"), digest)
        self.assertEqual(self.bytes_of("out"), self.bytes_of("whole"))


if __name__ == "__main__":
    unittest.main()
