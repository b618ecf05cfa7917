"""The memory that `terrace check` announces is what a run then takes, within a tenth."""
import os
import re
import unittest

from terrace_program import PROGRAM, ProgramTest

SHORT = ["--set", "time.start=2012-01", "--set", "time.end=2013-12"]
ONE = ["--set", "output.indicators=[headcount_ratio]"]
RUNS = {
    "mini": ["mini", "--threads", "2"],
    "teach": ["teach", "--threads", "1"],
    "one indicator": ["mini", "--threads", "1", *ONE],
    "one indicator, without a panel":
        ["mini", "--threads", "1", *ONE, "--set", "output.panel.households=0"],
    "tpa, one village in fifty": ["tpa", "--threads", "2", "--set", "population.sample.villages=0.02", *SHORT],
    "three replicates, one after the other":
        ["mini", "--threads", "2", "--replicates", "3", "--set", "output.panel.households=100"],
    "three replicates at once, without a panel":
        ["mini", "--threads", "3", "--replicates", "3", "--set", "population.provinces=[Gansu]",
         "--set", "output.panel.households=0", *SHORT],
}
TOLERANCE = 0.10


def bytes_of(text):
    number, unit = text.split()
    return float(number) * {"MB": 1e6, "GB": 1e9}[unit]


class Estimate(ProgramTest):
    def most_memory(self, *words):
        child = os.fork()
        if child == 0:
            os.chdir(self.folder)
            nowhere = os.open("/dev/null", os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            os.execve(PROGRAM, [PROGRAM, "run", *words, "-q", "--force", "-o", "out"], self.environment())
        _, status, usage = os.wait4(child, 0)
        self.assertEqual(status, 0, words)
        return usage.ru_maxrss * 1024

    def test_memory_and_file_as_announced(self):
        for name, words in RUNS.items():
            with self.subTest(name):
                said = self.call("check", "--pilot", 0, *words).stderr
                announced = bytes_of(re.search(r"memory: about ([\d.]+ [MG]B)", said)[1])
                taken = self.most_memory(*words)
                self.assertLess(abs(announced / taken - 1), TOLERANCE,
                                f"announced {announced / 1e6:.0f} MB, taken {taken / 1e6:.0f} MB")
                announced = bytes_of(re.search(r"([\d.]+ [MG]B) of trajectories.h5", said)[1])
                taken = (self.folder / "out" / "trajectories.h5").stat().st_size
                # No less than a megabyte is announced.
                self.assertTrue(0.5 * taken < announced < max(2 * taken, 1e6 + 1),
                                f"{announced} announced, {taken} taken")

    def test_more_threads_take_more(self):
        def memory(threads):
            said = self.call("check", "--pilot", 0, "tpa", "--threads", threads).stderr
            return bytes_of(re.search(r"([\d.]+ [MG]B) while it runs", said)[1])
        self.assertLess(memory(1), memory(16))


if __name__ == "__main__":
    unittest.main()
