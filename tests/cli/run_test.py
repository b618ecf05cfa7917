"""terrace run: results, digests, refusals, signals, disks."""
import csv
import json
import os
import resource
import shutil
import signal
import time
import unittest

from terrace_program import SCENARIOS, ProgramTest


class Run(ProgramTest):
    def test_results_and_summary(self):
        done = self.call("run", "teach", "-o", "out")
        self.assertRegex(done.stdout, r"\Adigest: [0-9a-f]{32}\n\Z")
        names = {path.name for path in (self.folder / "out").iterdir()}
        self.assertLessEqual({"trajectories.h5", "summary.csv", "scenario.resolved.yaml",
                              "provenance.json", "log.txt"}, names)
        provenance = json.loads((self.folder / "out/provenance.json").read_text())
        self.assertEqual("digest: " + provenance["results_digest"], done.stdout.strip())
        # Progress is a line a year where stderr is no terminal; nothing is rewritten or coloured.
        self.assertNotIn("\r", done.stderr)
        self.assertNotIn("\x1b", done.stderr)
        for year in range(2011, 2021):
            self.assertRegex(done.stderr, rf"(?m)^{year}: .* left$")
        for year in range(2012, 2021):
            self.assertRegex(done.stderr, rf"(?m)^{year} +\d+\.\d\d ")
        for module in ("industry", "relocation", "ecological_posts", "education", "allowance",
                       "housing", "infrastructure", "relief", "cash"):
            self.assertRegex(done.stderr, rf"(?m)^{module} +[\d,]+ +[\d,]+$")

    def test_quiet_says_nothing_else(self):
        self.assertEqual(self.call("run", "teach", "-q", "-o", "out").stderr, "")

    def test_resolved_scenario_alone_gives_the_digest(self):
        first = self.digest("teach", "-q", "-o", "a", "--seed", "7", "--set",
                            "policies.education.capacity=0.3", "--replicates", "2")
        self.assertEqual(self.digest("a/scenario.resolved.yaml", "-q", "-o", "b"), first)
        self.assertEqual((self.folder / "a/scenario.resolved.yaml").read_bytes(),
                         (self.folder / "b/scenario.resolved.yaml").read_bytes())
        # What `check` prints is that scenario with comments.
        checked = self.call("check", "a/scenario.resolved.yaml").stdout
        self.write("checked.yaml", checked)
        self.assertEqual(self.digest("checked.yaml", "-q", "-o", "c"), first)

    def test_seed_and_threads(self):
        one = self.digest("teach", "-q", "-o", "a", "--threads", "1")
        self.assertEqual(self.digest("teach", "-q", "-o", "b", "--threads", "3"), one)
        self.assertNotEqual(self.digest("teach", "-q", "-o", "c", "--seed", "2"), one)
        self.assertEqual((self.folder / "a/trajectories.h5").read_bytes(),
                         (self.folder / "b/trajectories.h5").read_bytes())

    def test_folder_is_named_after_the_scenario_and_never_overwritten(self):
        self.call("run", "teach", "-q")
        (made,) = (self.folder / "results").iterdir()
        self.assertRegex(made.name, r"^teach-[0-9a-f]{8}$")
        refused = self.call("run", "teach", "-q", status=64)
        self.assertIn("--force", refused.stderr)
        self.call("run", "teach", "-q", "--force")
        self.call("run", "teach", "-q", "--seed", "2")
        self.assertEqual(len(list((self.folder / "results").iterdir())), 2)

    def test_memory_is_refused_before_work(self):
        done = self.call("run", "tpa", "--replicates", "10000", "-o", "out", status=69)
        self.assertIn("memory", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_a_signal_stops_it_and_leaves_no_results(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            run = self.start("run", "mini", "--replicates", "200", "-o", "out")
            while not run.stderr.readline().startswith("replicate 1/200"):
                self.assertIsNone(run.poll())
            asked = time.monotonic()
            run.send_signal(number)
            said = run.communicate(timeout=60)[1]
            self.assertEqual(run.returncode, 75, said)
            self.assertLess(time.monotonic() - asked, 5)
            self.assertIn("stopped", said)
            self.assertFalse((self.folder / "out/trajectories.h5").exists())
            self.assertFalse((self.folder / "out/provenance.json").exists())
            shutil.rmtree(self.folder / "out", ignore_errors=True)

    def test_a_reader_that_goes_away_does_not_stop_it(self):
        run = self.start("run", "teach", "-o", "out")
        run.stderr.close()
        run.stdout.read()
        run.stdout.close()
        self.assertEqual(run.wait(timeout=60), 0)
        self.assertTrue((self.folder / "out/provenance.json").exists())

    def test_no_place_for_results(self):
        self.write("file", "")
        self.assertIn("file/out", self.call("run", "teach", "-q", "-o", "file/out", status=74).stderr)
        done = self.run_below(20_000)
        self.assertIn("File too large", done.stderr)
        self.assertFalse((self.folder / "out").exists(), "there was nothing to go on from")

    def run_below(self, limit):
        """Runs teach where no file may have more bytes, as on a full disk."""
        return self.call("run", "teach", "-q", "-o", "out", status=74, preexec_fn=lambda: (
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))))

    def test_no_place_for_the_files_of_a_finished_run(self):
        digest = self.digest("teach", "-q", "-o", "whole")
        largest = max(f.stat().st_size for f in (self.folder / "whole").iterdir())
        self.run_below(largest - 1)
        self.assertFalse((self.folder / "out/provenance.json").exists())
        if (self.folder / "out").exists():  # the run's records may be larger than any result
            said = self.call("resume", "out", "-q")
            self.assertEqual(said.stdout.splitlines()[-1], digest)

    @unittest.skipIf(os.geteuid() == 0, "the superuser may write anywhere")
    def test_read_only_folder(self):
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        self.assertIn("ermission", self.call("run", "teach", "-q", "-o", "out", status=74).stderr)

    def test_indicators_may_be_chosen(self):
        self.call("run", "teach", "-q", "-o", "out", "--set",
                  "output.indicators=[gini,headcount_ratio]")
        with open(self.folder / "out/summary.csv", newline="", encoding="utf-8") as table:
            named = {row["indicator"] for row in csv.DictReader(table)}
        self.assertEqual(named, {"gini", "headcount_ratio"})


class Bad(ProgramTest):
    def test_mistakes_name_their_place(self):
        name = self.write("x.yaml", f"terrace: 1\nextends: {SCENARIOS}/teach.yaml\npolicies:\n"
                                    "  relocaton: {enabled: false}\n  industry: {capacity: -1}\n")
        for verb in ("run", "check"):
            done = self.call(verb, name, status=65)
            self.assertEqual(done.stderr, (
                "x.yaml:4:3: policies.relocaton: unknown policy; did you mean 'relocation'?\n"
                "x.yaml:5:24: policies.industry.capacity: -1 is out of range; accepted: from 0 to 100\n"
                "terrace: 2 mistakes in x.yaml\n"))
            self.assertEqual(done.stdout, "")
        self.assertFalse((self.folder / "results").exists())

    def test_settings_are_called_as_they_were_typed(self):
        for words, named in ((["--seed", "x"], "--seed x: run.seed: "),
                             (["--replicates", "0"], "--replicates 0: run.replicates: "),
                             (["--set", "run.sed=1"], "--set run.sed=1: run.sed: unknown key")):
            done = self.call("run", "teach", *words, status=65)
            self.assertTrue(done.stderr.startswith(named), done.stderr)

    def test_names(self):
        self.assertIn("did you mean 'teach'?", self.call("run", "tech", status=65).stderr)
        self.assertIn("no such file", self.call("run", "./no.yaml", status=65).stderr)
        self.assertIn("not a file", self.call("run", "./", status=65).stderr)

    def test_usage(self):
        for words in ([], ["fly"], ["run"], ["run", "teach", "--no-such"], ["run", "teach", "again"],
                      ["run", "teach", "--threads", "0"], ["run", "teach", "--threads", "x"],
                      ["run", "teach", "--set"], ["list"], ["list", "weather"], ["check"]):
            done = self.call(*words, status=64)
            self.assertEqual(done.stdout, "")
            self.assertNotEqual(done.stderr, "")


class Interrupted(ProgramTest):
    def test_a_second_signal_ends_it_at_once(self):
        # Counties of a hundred thousand households each: the first signal alone would take a while.
        run = self.start("run", "tpa", "-o", "out", "--threads", "1", "--set",
                         "population.provinces=[Ningxia]", "--set", "population.sample.villages=1")
        time.sleep(1.5)
        run.send_signal(signal.SIGINT)
        time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
        self.assertIn(run.returncode, (128 + signal.SIGINT, 75))  # 75 if it was done in between
        self.assertFalse((self.folder / "out/trajectories.h5").exists())


if __name__ == "__main__":
    unittest.main()
