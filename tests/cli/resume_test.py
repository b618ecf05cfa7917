"""terrace resume: a run that was stopped or killed goes on to the same bytes."""
import random
import resource
import shutil
import signal
import time
import unittest

from stopped_runs import OFTEN, RUN, StoppedRuns

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1)  # the last is a scheduler's


class Resume(StoppedRuns):
    def test_stopped_anywhere_it_ends_in_the_same_bytes(self):
        digest, expected = self.whole()
        stopped = 0
        for k in range(4):
            name = f"stopped{k}"
            words = ("run", *RUN, "--threads", str(1 + k % 3), "-o", name)
            status = self.stop(words, 0.15 * k)
            self.assertIn(status, (0, 75))
            if status == 75:
                stopped += 1
                held = {p.name for p in (self.folder / name).iterdir()}
                self.assertIn("segments", held)
                self.assertFalse(held - {"scenario.resolved.yaml", "checkpoint", "segments"}, held)
                self.assertEqual(self.finish(name, 1 + (k + 1) % 3), digest)
            self.assertFalse((self.folder / name / "checkpoint").exists())
            self.assertFalse((self.folder / name / "segments").exists())
            self.assertEqual((self.folder / name / "trajectories.h5").read_bytes(), expected)
        self.assertGreater(stopped, 1)

    def test_stopped_again_and_again_with_checkpoints_every_year(self):
        digest, _ = self.whole(*OFTEN)
        self.assertIn(self.stop(("run", *RUN, *OFTEN, "-o", "often"), 0.2), (0, 75))
        for k in range(40):
            if (self.folder / "often/provenance.json").exists():
                break
            words = ("resume", "-q", "--threads", str(1 + k % 2), "often")
            self.assertIn(self.stop(words, 0.3, SIGNALS[k % len(SIGNALS)]), (0, 75))
        self.assertGreater(k, 1)
        self.assertEqual(self.finish("often"), digest)

    def test_killed_at_any_moment_it_goes_on(self):
        digest, _ = self.whole(*OFTEN)
        moments = random.Random(5)
        for k in range(4):
            name = f"killed{k}"
            self.stop(("run", *RUN, *OFTEN, "--threads", "2", "-o", name), moments.uniform(0, 1),
                      signal.SIGKILL)
            if not (self.folder / name / "provenance.json").exists():
                self.stop(("resume", "-q", name), moments.uniform(0, 0.7), signal.SIGKILL)
            self.assertEqual(self.finish(name), digest)

    def test_a_run_killed_before_its_first_checkpoint_starts_again(self):
        never = ("--set", "output.checkpoints.every=0")
        digest, _ = self.whole(*never)
        status = self.stop(("run", *RUN, *never, "-o", "killed"), 0.05, signal.SIGKILL)
        self.assertEqual(status, -signal.SIGKILL)
        said = self.call("resume", "killed", "--threads", "1")
        self.assertIn("from the beginning", said.stderr)
        self.assertEqual(said.stdout.splitlines()[-1], digest)

    def test_a_second_signal_ends_at_once(self):
        running = self.start("run", "mini", "--set", "population.sample.villages=0.2", "-o", "twice")
        while not (self.folder / "twice/segments").exists():
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        started = time.monotonic()
        running.communicate(timeout=60)
        # Stopped by the first signal already, or ended by the second, before or after it was done.
        self.assertIn(running.returncode, (75, 128 + signal.SIGINT, -signal.SIGINT))
        self.assertLess(time.monotonic() - started, 5)
        self.assertTrue((self.folder / "twice/scenario.resolved.yaml").exists())

    def test_stopped_while_results_are_written(self):
        words = ("teach", "-q", "--replicates", "6", "-o")
        digest = self.digest(*words, "whole")
        running = self.start("run", *words, "late")
        held = self.folder / "late/checkpoint"
        while not all((held / f"{r}.bin").exists() for r in range(6)):
            self.assertIsNone(running.poll())
            time.sleep(0.005)
        started = time.monotonic()
        running.send_signal(signal.SIGTERM)
        self.assertIn("terrace resume", running.communicate(timeout=60)[1])
        self.assertEqual(running.returncode, 75)
        self.assertLess(time.monotonic() - started, 5)
        self.assertFalse((self.folder / "late/trajectories.h5").exists())
        self.assertEqual(self.finish("late"), digest)

    def test_records_of_another_arm_are_refused(self):
        self.whole(*OFTEN)
        for name, seed in (("one", "1"), ("two", "2")):
            words = ("run", *RUN, *OFTEN, "--seed", seed, "--threads", "1", "-o", name)
            self.assertEqual(self.stop(words, 0.4), 75)
        (self.folder / "one/segments/0.seg").write_bytes(
            (self.folder / "two/segments/0.seg").read_bytes())
        self.assertRegex(self.call("resume", "one", status=65).stderr,
                         "0.seg (holds the records of another run|is damaged)")

    def test_earlier_results_are_named_and_never_deleted_unasked(self):
        self.whole()
        self.call("run", "teach", "-q", "-o", "kept")
        before = (self.folder / "kept/trajectories.h5").read_bytes()
        words = ("run", *RUN, *OFTEN, "--force", "--threads", "1", "-o", "kept")
        running = self.start(*words)
        while not (self.folder / "kept/checkpoint/0.bin").exists():
            self.assertIsNone(running.poll())
            time.sleep(0.005)
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=60)[1]
        self.assertEqual(running.returncode, 75)
        hidden = self.folder / ".kept.previous"
        self.assertIn(str(hidden), said)
        shutil.rmtree(self.folder / "kept")
        self.assertIn(str(hidden), self.call("run", "teach", "-o", "kept", status=64).stderr)
        self.assertEqual((hidden / "trajectories.h5").read_bytes(), before)
        self.call("run", "teach", "-q", "--force", "-o", "kept")
        self.assertFalse(hidden.exists())

    def test_more_replicates_than_open_files(self):
        few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))
        self.call("run", "teach", "-q", "--threads", "2", "--replicates", "40", "--set",
                  "time.end=2013-12", "--set", "output.panel.households=0", "--set",
                  "output.indicators=[headcount_ratio]", "-o", "many", preexec_fn=few)
        self.call("verify", "many")

    def test_nothing_to_resume(self):
        self.call("run", "teach", "-q", "-o", "done")
        self.assertIn("finished", self.call("resume", "done", status=64).stderr)
        (self.folder / "empty").mkdir()
        self.assertIn("scenario.resolved.yaml", self.call("resume", "empty", status=74).stderr)

    def test_damaged_or_foreign_checkpoints_are_refused(self):
        self.whole(*OFTEN)
        self.assertEqual(self.stop(("run", *RUN, *OFTEN, "--threads", "1", "-o", "hurt"), 0.4), 75)
        path = self.folder / "hurt/checkpoint/0.bin"
        whole = path.read_bytes()
        middle = len(whole) // 2
        for broken in (whole[:middle], whole[:-1], b"", whole + b"x",
                       whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]):
            path.write_bytes(broken)
            self.assertIn("0.bin is", self.call("resume", "hurt", status=65).stderr)
        path.write_bytes(whole)
        records = self.folder / "hurt/segments/0.seg"
        bytes_ = records.read_bytes()
        records.write_bytes(bytes_[:200] + bytes([bytes_[200] ^ 1]) + bytes_[201:])
        self.assertIn("records of 2010", self.call("resume", "hurt", status=65).stderr)
        records.write_bytes(bytes_)
        scenario = self.folder / "hurt/scenario.resolved.yaml"
        scenario.write_text(scenario.read_text().replace("seed: 20131103", "seed: 20131104"))
        said = self.call("resume", "hurt", status=65).stderr
        self.assertIn("another scenario", said)
        self.assertIn("run.seed is 20131103 there and 20131104 here", said)

    def test_a_checkpoint_that_cannot_be_written_stops_the_run(self):
        # A limit on the size of files stands for a full disk: records fit below it, states do not.
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        done = self.call("run", *RUN, *OFTEN, "--threads", "1", "-o", "full", status=74,
                         preexec_fn=limit)
        self.assertIn("File too large", done.stderr)
        self.assertFalse((self.folder / "full").exists(), "nothing to go on from was left")


if __name__ == "__main__":
    unittest.main()
