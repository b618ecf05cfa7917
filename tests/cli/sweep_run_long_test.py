"""`terrace sweep run` killed at 50 random moments, the parent or one of its children: nothing
published is lost or wrong, and in the end all results are those of a process that nobody killed."""
import random
import signal
import time
import unittest

from sweep_folders import SweepTest, kill_if_running

KILLS = 50


class Kills(SweepTest):
    def sizes(self, name):
        journal = self.folder / name / "journal"
        return sum(p.stat().st_size for p in journal.iterdir()) if journal.exists() else 0

    def test_fifty_kills(self):
        self.plan("whole")
        started = time.monotonic()
        self.call("sweep", "run", "whole", "-j", "2", "-q")
        seconds = time.monotonic() - started
        expected = self.results("whole")
        moments = random.Random(9)
        kills = killed_children = sweeps = 0
        while kills < KILLS:
            name = self.plan(f"killed {sweeps}")
            sweeps += 1
            while len(self.results(name)) < len(expected) and kills < KILLS:
                before = self.results(name)
                size = self.sizes(name)
                process = self.start("sweep", "run", name, "-j", "2", "-q")
                self.wait_for(lambda: self.sizes(name) > size or process.poll() is not None,
                              "a sign of life")
                time.sleep(moments.uniform(0.0, 0.7) * seconds)
                if kills % 2 == 0:
                    kill_if_running(process.pid, signal.SIGKILL)
                else:
                    for child in self.events(name, "started")[-2:]:
                        kill_if_running(child["pid"], signal.SIGKILL)
                process.communicate(timeout=120)
                self.assertIn(process.returncode, (0, 3, -signal.SIGKILL))
                kills += process.returncode != 0
                killed_children += process.returncode == 3
                after = self.results(name)
                self.assertEqual(before, {run: after.get(run) for run in before})
            self.call("sweep", "run", name, "-q")
            self.assertEqual(self.results(name), expected, name)
        self.assertGreater(killed_children, KILLS // 10)


if __name__ == "__main__":
    unittest.main()
