"""`terrace sweep run` on a disk that is full, fails or takes half: exit 74, nothing wrong under its
name, nothing lost."""
import errno
import os
import shutil
import subprocess
import unittest

from sweep_folders import SweepTest
from terrace_program import PROGRAM

SHIM = os.environ.get("TERRACE_WRITE_SHIM")


@unittest.skipUnless(SHIM, "sanitizers want to be loaded before the shim")
class FullDisk(SweepTest):
    def shimmed(self, how, name, only=""):
        """Does the runs on a disk that fails as `how` says, for files in whose path `only` is; also
        gives the shim's count."""
        count = self.folder / "count"
        environment = dict(self.environment(), LD_PRELOAD=SHIM, TERRACE_SHIM=how,
                           TERRACE_SHIM_COUNT=str(count), TERRACE_SHIM_ONLY=only)
        done = subprocess.run([PROGRAM, "sweep", "run", name, "-q", "-j", "1", "--runs", "0-2"],
                              capture_output=True, text=True, cwd=self.folder, env=environment,
                              timeout=120)
        # Children leave by _exit(), so the count is the parent's.
        done.count = int(count.read_text())
        return done

    def setUp(self):
        super().setUp()
        self.plan("plan")
        self.copy("plan", "whole")
        self.call("sweep", "run", "whole", "-q", "--runs", "0-2")
        self.expected = self.results("whole")
        self.assertEqual(sorted(self.expected), [0, 1, 2])

    def fails(self, how, message):
        name = self.copy("plan", "full")
        done = self.shimmed(how, name)
        self.assertEqual(done.returncode, 74, f"{how}\n{done.stderr}")
        self.assertIn(message, done.stderr, how)
        if (self.folder / name / "segments").exists():
            for run, result in self.results(name).items():
                self.assertEqual(result, self.expected[run], how)
            self.assertEqual(list((self.folder / name / "segments").glob(".*")), [], how)
        self.call("sweep", "run", name, "-q", "--runs", "0-2")
        self.assertEqual(self.results(name), self.expected, how)
        shutil.rmtree(self.folder / name)

    def test_full_at_many_offsets(self):
        whole = self.shimmed(f"bytes:{10**12}:{errno.ENOSPC}", self.copy("plan", "all"))
        self.assertEqual(whole.returncode, 0, whole.stderr)
        total = whole.count
        self.assertGreater(total, 1000)
        # What comes after the results, in the journal, ends nothing.
        for at in sorted({0, 1, *(total * k // 9 for k in range(9))}):
            self.fails(f"bytes:{at}:{errno.ENOSPC}", "No space left")
        self.fails(f"bytes:500:{errno.EDQUOT}", "quota")
        self.fails(f"bytes:500:{errno.EIO}", "Input/output error")

    def test_what_cannot_be_synced_or_renamed(self):
        for kind in ("sync", "rename"):
            whole = self.shimmed(f"{kind}:1000000:{errno.EIO}", self.copy("plan", f"all-{kind}"))
            self.assertEqual(whole.returncode, 0, whole.stderr)
            self.assertGreater(whole.count, 0)
            for k in range(1, whole.count + 1):
                self.fails(f"{kind}:{k}:{errno.EIO}", "Input/output error")

    def test_a_journal_that_cannot_be_written_ends_nothing(self):
        name = self.copy("plan", "mute")
        done = self.shimmed(f"bytes:400:{errno.ENOSPC}", name, only="/journal/")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.results(name), self.expected)
        self.assertEqual(done.stderr.count("No space left"), 1, done.stderr)
        self.assertIn("will know less", done.stderr)

    def test_says_how_many_results_a_full_disk_loses(self):
        name = self.copy("plan", "lost")
        done = self.shimmed(f"bytes:10:{errno.ENOSPC}", name, only="/segments/")
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertIn("No space left on device; the results of 3 finished runs are lost", done.stderr)

    def test_writes_that_take_a_part(self):
        done = self.shimmed("short", self.copy("plan", "short"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.results("short"), self.expected)
        self.assertEqual(len(self.events("short", "done")), 3)


if __name__ == "__main__":
    unittest.main()
