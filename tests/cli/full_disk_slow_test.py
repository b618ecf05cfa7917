"""A disk that is full, fails or takes half: exit 74, nothing wrong under its name, nothing lost."""
import errno
import os
import subprocess
import unittest

from terrace_program import PROGRAM, ProgramTest

# Periodic checkpoints, so that every kind of file is written; small, so that forty runs are quick.
RUN = ("teach", "-q", "--threads", "1", "--set", "output.checkpoints.every=3",
       "--set", "output.panel.households=20", "--set", "time.end=2016-12")
SHIM = os.environ.get("TERRACE_WRITE_SHIM")


@unittest.skipUnless(SHIM, "sanitizers want to be loaded before the shim")
class FullDisk(ProgramTest):
    def shimmed(self, how, *words):
        """Runs the program on a disk that fails as `how` says; also gives the shim's count."""
        count = self.folder / "count"
        environment = dict(self.environment(), LD_PRELOAD=SHIM, TERRACE_SHIM=how,
                           TERRACE_SHIM_COUNT=str(count))
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=self.folder,
                              env=environment, timeout=300)
        done.count = int(count.read_text())
        return done

    def whole(self):
        self.call("run", *RUN, "-o", "whole")
        return self.published("whole")

    def published(self, name):
        """What a reader may take for results; provenance and log hold times."""
        return {p.name: p.read_bytes() for p in (self.folder / name).iterdir()
                if p.name in ("trajectories.h5", "summary.csv", "scenario.resolved.yaml")}

    def fails(self, how, message, expected, *words):
        """The program says so and ends with 74; what it left is right, and can be gone on with."""
        done = self.shimmed(how, *words)
        self.assertEqual(done.returncode, 74, f"{how}\n{done.stderr}")
        self.assertIn(message, done.stderr, how)
        name = words[-1]
        if (self.folder / name).exists():
            for file, contents in self.published(name).items():
                self.assertEqual(contents, expected[file], f"{how}: {file}")
            if (self.folder / name / "provenance.json").exists():
                return
            self.call("resume", name, "-q")
            self.assertEqual(self.published(name), expected, how)
            self.call("verify", name)
            subprocess.run(["rm", "-r", str(self.folder / name)], check=True)

    offsets = 10  # forty in full_disk_long_test.py

    def test_full_at_any_offset(self):
        expected = self.whole()
        words = ("run", *RUN, "-o", "run")
        everything = self.shimmed(f"bytes:{10**12}:{errno.ENOSPC}", "run", *RUN, "-o", "all")
        self.assertEqual(everything.returncode, 0, everything.stderr)
        total = everything.count
        self.assertGreater(total, 100_000)
        apart = self.offsets - 3
        offsets = sorted({0, 1, 100, total - 1, *(total * k // apart for k in range(apart))})
        self.assertGreaterEqual(len(offsets), self.offsets)
        for at in offsets:
            self.fails(f"bytes:{at}:{errno.ENOSPC}", "No space left", expected, *words)

    def test_other_errors(self):
        expected = self.whole()
        words = ("run", *RUN, "-o", "run")
        for error, message in ((errno.EIO, "Input/output error"), (errno.EDQUOT, "quota"),
                               (errno.EFBIG, "File too large"), (errno.EROFS, "Read-only")):
            self.fails(f"bytes:30000:{error}", message, expected, *words)

    def test_what_cannot_be_synced_or_renamed(self):
        expected = self.whole()
        for kind in ("sync", "rename"):
            whole = self.shimmed(f"{kind}:1000000:{errno.EIO}", "run", *RUN, "-o", f"all-{kind}")
            self.assertGreater(whole.count, 3)
            for k in range(1, whole.count + 1):
                name = f"run-{kind}-{k}"
                self.fails(f"{kind}:{k}:{errno.EIO}", "Input/output error", expected, "run", *RUN,
                           "-o", name)

    def test_writes_that_take_a_part(self):
        expected = self.whole()
        done = self.shimmed("short", "run", *RUN, "-o", "short")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.published("short"), expected)

    def test_earlier_results_come_back(self):
        expected = self.whole()
        done = self.shimmed(f"bytes:20000:{errno.ENOSPC}", "run", *RUN, "--seed", "7", "--force",
                            "-o", "whole")
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertEqual(self.published("whole"), expected)
        self.call("verify", "whole")

    def test_folders_that_cannot_be_made(self):
        self.assertIn("/proc/nowhere",
                      self.call("run", *RUN, "-o", "/proc/nowhere/run", status=74).stderr)
        self.write("file", "")
        self.assertIn("Not a directory", self.call("run", *RUN, "-o", "file/run", status=74).stderr)
        self.call("run", *RUN, "-o", "a folder's \"name\"/with blanks")
        self.call("verify", "a folder's \"name\"/with blanks")

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "list", "parameters"], stdout=full, cwd=self.folder,
                                  stderr=subprocess.PIPE, text=True, env=self.environment())
        self.assertEqual(done.returncode, 74, done.stderr)


if __name__ == "__main__":
    unittest.main()
