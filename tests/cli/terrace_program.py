"""Drives the program for the tests in this folder."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["TERRACE_PROGRAM"]
SOURCE = Path(os.environ["TERRACE_SOURCE_DIR"])
SCENARIOS = SOURCE / "scenarios"


class ProgramTest(unittest.TestCase):
    """Each test gets a folder of its own, `self.folder`, in which the program runs."""

    def setUp(self):
        held = tempfile.TemporaryDirectory(prefix="terrace-cli-")
        self.addCleanup(held.cleanup)
        self.folder = Path(held.name)

    def environment(self):
        return dict(os.environ, TERRACE_SCENARIOS=str(SCENARIOS))

    def call(self, *words, status=0, **options):
        """Runs the program; fails unless it ends with `status`."""
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                              cwd=self.folder, env=self.environment(), timeout=300, **options)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def peak_megabytes(self, *words):
        """The most memory that the program has at a time; what it says goes nowhere."""
        process = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, cwd=self.folder,
                                   env=self.environment())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, words)
        return used.ru_maxrss / 1024

    def start(self, *words):
        return subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, cwd=self.folder,
                                env=self.environment())

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def digest(self, *words):
        last = self.call("run", *words).stdout.splitlines()[-1]
        self.assertRegex(last, r"^digest: [0-9a-f]{32}$")
        return last
