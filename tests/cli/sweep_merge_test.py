"""One file of a sweep: the same bytes for any shards, gaps refused or written as such, what status says."""
import csv
import errno
import json
import os
import subprocess
import unittest

from sweep_folders import change_program
from terrace_program import PROGRAM, SCENARIOS, ProgramTest

SHIM = os.environ.get("TERRACE_WRITE_SHIM")
STUDY = SCENARIOS / "studies" / "tiny.yaml"


class SweepMergeTest(ProgramTest):
    def plan(self, name):
        self.call("sweep", "plan", STUDY, "-o", name, "-q")
        return name

    def status(self, folder):
        return json.loads(self.call("sweep", "status", folder, "--json").stdout)

    def test_shards_and_order_leave_no_trace(self):
        """Twelve runs at once, and in three shards of which one is done twice, the last first."""
        once, thrice = self.plan("once"), self.plan("thrice")
        self.call("sweep", "run", once, "-j", 2, "-q")
        for shard in ("3/3", "1/3", "2/3"):
            self.call("sweep", "run", thrice, "--shard", shard, "-j", 1, "-q")
        for segment in sorted((self.folder / once / "segments").glob("*.seg"))[:1]:
            (self.folder / thrice / "segments" / segment.name).write_bytes(segment.read_bytes())
        for name in (once, thrice):
            self.call("sweep", "merge", name, "--csv", f"{name}.csv", "-q")
        merged = (self.folder / once / "sweep.h5").read_bytes()
        self.assertEqual(merged, (self.folder / thrice / "sweep.h5").read_bytes())
        self.assertEqual((self.folder / "once.csv").read_bytes(), (self.folder / "thrice.csv").read_bytes())
        self.assertGreater(self.status(thrice)["results_more_than_once"], 0)

        # Merging again changes nothing; a file of anything else is not replaced unasked.
        again = self.call("sweep", "merge", once)
        self.assertIn("the same as before", again.stderr)
        (self.folder / once / "sweep.h5").write_text("something else")
        self.assertIn("--force", self.call("sweep", "merge", once, status=64).stderr)
        self.call("sweep", "merge", once, "--force", "-q")
        self.assertEqual(merged, (self.folder / once / "sweep.h5").read_bytes())
        self.call("sweep", "merge", once, "-o", "x", "--csv", "./x", status=64)

        with (self.folder / "once.csv").open(newline="") as table:
            rows = list(csv.DictReader(table))
        self.assertEqual(len({row["run"] for row in rows}), 12)
        self.assertTrue(all(row["status"] == "done" and 0 <= float(row["headcount_ratio"]) <= 1 for row in rows))
        self.assertEqual({row["industry"] for row in rows}, {"true", "false"})

        # A changed byte of the merged file is found before anything reads it.
        self.call("verify", once)
        self.call("verify", f"{once}/sweep.h5")
        damaged = bytearray(merged)
        damaged[len(damaged) // 2] ^= 1
        (self.folder / once / "sweep.h5").write_bytes(damaged)
        self.assertIn("checksum", self.call("verify", once, status=1).stdout)
        self.assertIn("sweep.h5", self.call("verify", f"{once}/sweep.h5", status=1).stdout)

    def test_results_of_two_programs(self):
        folder = self.plan("mixed")
        segments, merged = self.folder / folder / "segments", self.folder / folder / "sweep.h5"
        self.call("sweep", "run", folder, "--runs", "0-5", "-j", 1, "-q")
        for segment in segments.glob("*.seg"):
            own = change_program(segment, "0.0.9 feed")
        self.assertRegex(own, r"^[0-9.]+ [0-9a-z-]+$")
        opened = json.loads(next((self.folder / folder / "journal").glob("*.jsonl")).read_text().split("\n")[0])
        self.assertEqual(opened["program"], own)

        refused = self.call("sweep", "run", folder, "-q", status=65).stderr
        for words in ("terrace 0.0.9 feed: runs 0-5\n", own, "--allow-mixed"):
            self.assertIn(words, refused)
        self.call("sweep", "run", folder, "--runs", "0-5", "-q")  # nothing to do, so nothing to mix
        self.call("sweep", "run", folder, "-j", 2, "-q", "--allow-mixed")
        programs = self.status(folder)["programs"]
        self.assertEqual(programs, [{"program": "0.0.9 feed", "runs": "0-5"}, {"program": own, "runs": "6-11"}])
        self.assertIn("different programs", self.call("sweep", "status", folder).stdout)

        refused = self.call("sweep", "merge", folder, status=65).stderr
        self.assertIn(f"terrace {own}: runs 6-11\n", refused)
        self.assertFalse(merged.exists())
        self.call("sweep", "merge", folder, "--allow-mixed", "-q")
        look = ("import netCDF4, sys\n"
                "with netCDF4.Dataset(sys.argv[1]) as f: print(f.programs, hasattr(f, 'commit'))\n")
        python = ["/usr/bin/python3", "-c", look, merged]
        self.assertEqual(subprocess.check_output(python, text=True), f"0.0.9 feed\n{own} False\n")

        # All of another program: the file says so, whoever merges.
        for segment in segments.glob("*.seg"):
            change_program(segment, "0.0.9 feed")
        self.call("sweep", "merge", folder, "--force", "-q")
        self.assertEqual(subprocess.check_output(python, text=True), "0.0.9 feed False\n")

    def test_gaps(self):
        folder = self.plan("gaps")
        first = self.status(folder)
        self.assertEqual((first["left"], first["complete"]), (12, False))
        self.call("sweep", "run", folder, "--runs", "0-4,7", "-j", 1, "-q")
        half = self.status(folder)
        self.assertEqual((half["done"], half["left"], half["failed"], half["running"]), (6, 6, 0, 0))
        self.assertEqual(half["reasons"], [{"state": "left", "why": "not started yet", "runs": "5,6,8-11"}])
        self.assertEqual([r["run"] for r in half["not_done"]], [5, 6, 8, 9, 10, 11])
        self.assertEqual({(r["state"], r["reason"]) for r in half["not_done"]}, {("left", 0)})
        self.assertEqual(half["not_done"][0]["replay"], f"terrace sweep replay {folder} 5")
        self.assertEqual(half["commands"], {"go_on": f"terrace sweep run {folder}"})
        self.call("sweep", "slurm", folder, "--tasks", 4)  # run r belongs to task r modulo 4
        self.assertEqual(self.status(folder)["commands"]["as_jobs"],
                         f"sbatch --array=0-3 {folder}/jobs/array.sbatch")
        text = self.call("sweep", "status", folder, "-v").stdout
        self.assertIn("runs 5,6,8-11: not started yet", text)
        self.assertIn(f"terrace sweep run {folder}\n", text)
        self.assertIn("run 11 (point 5, replicate 1): not started yet", text)

        refused = self.call("sweep", "merge", folder, status=3)
        self.assertIn("6 of 12 runs have no result", refused.stderr)
        self.assertIn("5,6,8-11", refused.stderr)
        self.assertFalse((self.folder / folder / "sweep.h5").exists())

        self.call("sweep", "merge", folder, "--allow-missing", "--csv", "gaps.csv", "-q")
        with (self.folder / "gaps.csv").open(newline="") as table:
            rows = list(csv.DictReader(table))
        gaps = [row for row in rows if row["status"] == "missing"]
        self.assertEqual({row["run"] for row in gaps}, {"5", "6", "8", "9", "10", "11"})
        self.assertEqual({row["mean_income"] for row in gaps}, {""})
        look = ("import netCDF4,numpy\n"
                "with netCDF4.Dataset('gaps/sweep.h5') as f:\n"
                "    there = numpy.isin(range(12), [0, 1, 2, 3, 4, 7])\n"
                "    assert (f['status'][:] == there).all()\n"
                "    values = numpy.ma.filled(f['mean_income'][:], numpy.nan)\n"
                "    assert (numpy.isfinite(values) == there[:, None]).all(), values\n")
        done = subprocess.run(["/usr/bin/python3", "-c", look], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

        # Complete, it is another file, which is not taken for the one with gaps.
        self.call("sweep", "run", folder, "-j", 2, "-q")
        self.call("sweep", "merge", folder, status=64)
        self.call("sweep", "merge", folder, "--force", "-q")
        complete = self.status(folder)
        self.assertTrue(complete["complete"])
        self.assertEqual(list(complete["commands"]), ["merge"])

    def test_what_a_failed_run_said_is_cut_and_shown_as_text(self):
        """Its stderr may hold anything: what a terminal acts on, many lines, much of it."""
        folder = self.plan("failed")
        message = "killed: \x1b[2J\nred \x1b[31m \u009b1m " + "\u4e2d" * 200
        entries = [{"event": "failed", "time": 1000 + run, "run": run, "message": message + str(run)}
                   for run in range(12)]
        journal = self.folder / folder / "journal"
        journal.mkdir()
        (journal / "x.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries))
        start = "failed: killed: \\x1b[2J\\nred \\x1b[31m \\x9b1m \u4e2d"
        for told in (self.call("sweep", "status", folder, "-v").stdout,
                     self.call("sweep", "merge", folder, status=3).stderr):
            self.assertIn(start, told)
            self.assertEqual([c for c in told if c != "\n" and (c < " " or "\x7f" <= c < "\xa0")], [])
            self.assertLess(max(len(line.encode()) for line in told.splitlines()), 400)
        found = self.status(folder)
        self.assertEqual(found["failed"], 12)
        self.assertEqual(len(found["reasons"]), 1)  # the same, as far as it is told
        why = found["reasons"][0]["why"]
        self.assertTrue(why.startswith("failed: " + message[:50]) and why.endswith("\u4e2d..."), why)
        self.assertLessEqual(len(why.encode()), 320)
        self.assertEqual({r["reason"] for r in found["not_done"]}, {0})

    def test_a_damaged_result_is_done_again(self):
        folder = self.plan("damaged")
        self.call("sweep", "run", folder, "-j", 2, "-q")
        self.call("sweep", "merge", folder, "-q")
        merged = (self.folder / folder / "sweep.h5").read_bytes()
        segment = sorted((self.folder / folder / "segments").glob("*.seg"))[0]
        data = bytearray(segment.read_bytes())
        data[-40] ^= 4
        segment.write_bytes(data)
        found = self.status(folder)
        self.assertEqual(len(found["damaged"]), 1)
        self.assertIn(segment.name, found["damaged"][0]["file"])
        self.assertGreater(found["left"], 0)
        self.call("sweep", "merge", folder, "--force", status=3)
        self.assertEqual(merged, (self.folder / folder / "sweep.h5").read_bytes())
        self.assertIn(segment.name, self.call("verify", folder, status=1).stdout)
        self.call("sweep", "run", folder, "-j", 2, "-q")
        self.assertIn("the same as before", self.call("sweep", "merge", folder).stderr)

    @unittest.skipUnless(SHIM, "sanitizers want to be loaded before the shim")
    def test_a_full_disk_leaves_the_file_before(self):
        folder = self.plan("full")
        self.call("sweep", "run", folder, "--runs", "0-9", "-j", 2, "-q")
        self.call("sweep", "merge", folder, "--allow-missing", "-q")
        before = (self.folder / folder / "sweep.h5").read_bytes()
        self.call("sweep", "run", folder, "-j", 2, "-q")
        names = sorted(p.name for p in (self.folder / folder).iterdir())
        for offset in (0, 1, len(before) // 2, len(before) - 1):
            environment = dict(self.environment(), LD_PRELOAD=SHIM, TERRACE_SHIM=f"bytes:{offset}:{errno.ENOSPC}")
            done = subprocess.run([PROGRAM, "sweep", "merge", folder, "--force"], cwd=self.folder, timeout=60,
                                  capture_output=True, text=True, env=environment)
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn("No space left", done.stderr)
            self.assertEqual(before, (self.folder / folder / "sweep.h5").read_bytes())
            self.assertEqual(names, sorted(p.name for p in (self.folder / folder).iterdir()))
        self.call("sweep", "merge", folder, "--force", "-q")

    def test_a_plan_is_needed(self):
        self.call("sweep", "status", "nowhere", status=74)
        self.call("sweep", "merge", "nowhere", status=74)


if __name__ == "__main__":
    unittest.main()
