"""terrace resume: a run that was stopped or killed goes on to the same bytes."""
import signal
import time
import unittest

from terrace_program import ProgramTest

# Long enough to be caught in the middle, short enough for a test.
RUN = ("mini", "-q", "--set", "population.sample.villages=0.004", "--replicates", "2")


class Resume(ProgramTest):
    def whole(self):
        self.call("run", *RUN, "-o", "whole")
        return (self.folder / "whole/trajectories.h5").read_bytes()

    def stop(self, name, after, how=signal.SIGTERM, threads=2):
        """Starts a run and sends it a signal; gives its exit status."""
        running = self.start("run", *RUN, "-o", name, "--threads", str(threads))
        while not (self.folder / name / "scenario.resolved.yaml").exists():
            self.assertIsNone(running.poll(), "the run ended before it had a folder")
            time.sleep(0.002)
        time.sleep(after)
        running.send_signal(how)
        running.communicate(timeout=60)
        return running.returncode

    def test_stopped_anywhere_it_ends_in_the_same_bytes(self):
        expected = self.whole()
        stopped = 0
        for k in range(8):
            name = f"stopped{k}"
            status = self.stop(name, 0.04 + 0.11 * k, threads=1 + k % 3)
            self.assertIn(status, (0, 75))
            if status == 75:
                stopped += 1
                self.assertEqual({p.name for p in (self.folder / name).iterdir()},
                                 {"scenario.resolved.yaml", "checkpoint.bin"})
                self.call("resume", name, "-q", "--threads", 1 + (k + 1) % 3)
            self.assertFalse((self.folder / name / "checkpoint.bin").exists())
            self.assertEqual((self.folder / name / "trajectories.h5").read_bytes(), expected)
        self.assertGreater(stopped, 2)

    def test_stopped_twice(self):
        expected = self.whole()
        self.assertEqual(self.stop("twice", 0.1), 75)
        again = self.start("resume", "twice")
        time.sleep(0.25)
        again.send_signal(signal.SIGINT)
        again.communicate(timeout=60)
        if again.returncode == 75:
            self.call("resume", "twice", "-q")
        self.assertEqual((self.folder / "twice/trajectories.h5").read_bytes(), expected)

    def test_a_killed_run_starts_again(self):
        expected = self.whole()
        self.assertEqual(self.stop("killed", 0.3, signal.SIGKILL), -signal.SIGKILL)
        self.assertIn("from the beginning", self.call("resume", "killed").stderr)
        self.assertEqual((self.folder / "killed/trajectories.h5").read_bytes(), expected)

    def test_nothing_to_resume(self):
        self.call("run", "teach", "-q", "-o", "done")
        self.assertIn("finished", self.call("resume", "done", status=64).stderr)
        (self.folder / "empty").mkdir()
        self.assertIn("scenario.resolved.yaml", self.call("resume", "empty", status=74).stderr)

    def test_damaged_or_foreign_checkpoints_are_refused(self):
        self.assertEqual(self.stop("hurt", 0.2), 75)
        path = self.folder / "hurt/checkpoint.bin"
        whole = path.read_bytes()
        middle = len(whole) // 2
        for broken in (whole[:middle], whole[:-1], b"", whole + b"x",
                       whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]):
            path.write_bytes(broken)
            self.assertIn("checkpoint.bin", self.call("resume", "hurt", status=65).stderr)
        path.write_bytes(whole)
        scenario = self.folder / "hurt/scenario.resolved.yaml"
        scenario.write_text(scenario.read_text().replace("seed: 20131103", "seed: 20131104"))
        self.assertIn("another scenario", self.call("resume", "hurt", status=65).stderr)


if __name__ == "__main__":
    unittest.main()
