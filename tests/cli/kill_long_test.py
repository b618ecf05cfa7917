"""Killed at 50 random moments each: in a run, while checkpoints are written, in resume."""
import random
import signal
import unittest

from stopped_runs import OFTEN, RUN, StoppedRuns

ROUNDS = 50


class Kill(StoppedRuns):
    def kill_run(self, options, seed):
        digest, _ = self.whole(*options)
        moments = random.Random(seed)
        unfinished = 0
        for k in range(ROUNDS):
            name = f"killed{k}"
            words = ("run", *RUN, *options, "--threads", str(1 + k % 3), "-o", name)
            self.stop(words, moments.uniform(0, 1), signal.SIGKILL)
            unfinished += 0 if (self.folder / name / "provenance.json").exists() else 1
            self.assertEqual(self.finish(name, 1 + (k + 1) % 2), digest, k)
        self.assertGreater(unfinished, ROUNDS // 4)

    def test_in_a_run(self):
        self.kill_run((), 1)

    def test_while_checkpoints_are_written(self):
        # Every opening is saved and kept, so that a good part of the time is spent on writing.
        keep = "output.checkpoints.keep=[" + ",".join(map(str, range(2011, 2017))) + "]"
        self.kill_run((*OFTEN, "--set", keep), 2)

    def test_in_resume(self):
        digest, _ = self.whole(*OFTEN)
        moments = random.Random(3)
        kills = 0
        while kills < ROUNDS:
            name = f"resumed{kills}"
            self.stop(("run", *RUN, *OFTEN, "-o", name), moments.uniform(0, 0.4), signal.SIGTERM)
            while not (self.folder / name / "provenance.json").exists() and kills < ROUNDS:
                self.stop(("resume", "-q", name), moments.uniform(0, 0.8), signal.SIGKILL)
                kills += 1
            self.assertEqual(self.finish(name), digest, kills)


if __name__ == "__main__":
    unittest.main()
