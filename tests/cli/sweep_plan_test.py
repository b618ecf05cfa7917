"""`terrace sweep plan`: what it writes, prints and refuses."""
import csv
import json
import os
import re
import unittest

from terrace_program import SCENARIOS, ProgramTest

SHIM = os.environ.get("TERRACE_WRITE_SHIM")  # there is none with sanitizers
STUDY = f"""
study: 1
name: trap-budget
title: What matters most
base: {SCENARIOS}/mini.yaml
over: {{time: {{end: 2016-12}}}}
dimensions:
  trap: {{parameter: farm_assets.tau}}
  relocation: {{policy: relocation.enabled, choices: [true, false]}}
  budget: {{series: fund_central, factor: [0.5, 2], from: 2014}}
design: {{kind: saltelli, n: 4}}
replicates: 2
seed: 20131103
indicators: [headcount_ratio]
years: [2012, 2016]
regions: nation
"""


class SweepPlan(ProgramTest):
    def study(self, **changes):
        text = STUDY
        for key, value in changes.items():
            text, found = re.subn(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
            self.assertEqual(found, 1, key)
        return self.write("study.yaml", text)

    def rows(self, folder):
        with open(self.folder / folder / "plan.csv", encoding="utf-8", newline="") as table:
            return list(csv.DictReader(table))

    def test_writes_a_numbered_table(self):
        done = self.call("sweep", "plan", self.study(), "-o", "sweep")
        plan = json.loads((self.folder / "sweep" / "plan.json").read_text())
        self.assertEqual(done.stdout, f"plan: {plan['digest']}\n")
        rows = self.rows("sweep")
        self.assertEqual(len(rows), 4 * (3 + 2) * 2)
        self.assertEqual(plan["runs"], len(rows))
        for number, row in enumerate(rows):
            self.assertEqual((int(row["run"]), int(row["point"]), int(row["replicate"])),
                             (number, number // 2, number % 2))
            self.assertEqual(row["seed"], "20131103")
            self.assertTrue(0.5 <= float(row["budget"]) <= 2)
            self.assertIn(row["relocation"], ("true", "false"))
        # A and AB_1 of the first row differ in the first dimension alone.
        a, ab = rows[0], rows[2]
        self.assertNotEqual(a["trap"], ab["trap"])
        self.assertEqual((a["relocation"], a["budget"]), (ab["relocation"], ab["budget"]))

    def test_says_what_it_will_take(self):
        told = self.call("sweep", "plan", self.study(), "-o", "sweep").stderr
        self.assertIn("trap-budget: 40 runs of 20 points, 2 replicates of each\n", told)
        self.assertIn("  trap (farm_assets.tau): ", told)
        self.assertIn("  relocation (relocation.enabled): false, true\n", told)
        self.assertIn("  budget (series fund_central, times in 2014 to 2016): 0.5 to 2\n", told)
        self.assertRegex(told, r"a run: about [\d,]+ households in \d+ count(y|ies), \d+ MB of memory "
                         r"\(and \d+ MB that all share\), .* s\n")
        self.assertRegex(told, r"all runs: about .* one at a time \([\d,]+ household-months a second")
        self.assertTrue(told.endswith("planned in sweep\nnext: terrace sweep run sweep\n"), told)

    def test_units_and_memory_are_those_of_sweep_run(self):
        study = self.write("years.yaml", f"""
study: 1
name: years
base: {SCENARIOS}/teach.yaml
over: {{time: {{end: 2016-12}}}}
dimensions:
  look_back: {{parameter: identification.look_back_year, low: 2015, high: 2016}}
  error: {{parameter: identification.sigma_score_2014, low: 0.1, high: 0.5}}
design: {{kind: latin-hypercube, n: 2}}
indicators: [headcount_ratio]
""")
        told = self.call("sweep", "plan", study, "-o", "sweep").stderr
        self.assertIn("2015 to 2016, whole years\n", told)
        self.assertIn("0.1 to 0.5 log\n", told)
        memory = re.search(r"counties, (\d+ MB) of memory", told)[1]
        self.assertIn("(2 points, 1 replicate of each)", self.call("sweep", "status", "sweep").stdout)
        self.assertIn(f"about {memory} each\n",
                      self.call("sweep", "run", "sweep", "-j", "1").stderr)

    def test_shipped_studies_have_names(self):
        digests = {self.call("sweep", "plan", name, "-o", "sweep", "-q").stdout
                   for name in ("tiny", "studies/tiny", SCENARIOS / "studies" / "tiny.yaml")}
        self.assertEqual(len(digests), 1)
        self.assertIn("did you mean 'tiny-morris'?",
                      self.call("sweep", "plan", "studies/tiny-moris", status=65).stderr)
        self.assertIn("no such file", self.call("sweep", "plan", "other/tiny", status=65).stderr)

    def test_studies_and_scenarios_are_told_apart(self):
        study, scenario = SCENARIOS / "studies" / "tiny.yaml", SCENARIOS / "teach.yaml"
        for words in (("run", study, "-o", "x"), ("check", study)):
            self.assertRegex(self.call(*words, status=65).stderr,
                             r"hint: this is a study: terrace sweep plan .*tiny\.yaml\n")
        self.assertRegex(self.call("sweep", "plan", scenario, status=65).stderr,
                         r"hint: this is a scenario: terrace run .*teach\.yaml\n")
        self.assertNotIn("hint:", self.call("sweep", "plan", self.study(seed="-1"), status=65).stderr)

    @unittest.skipUnless(SHIM, "sanitizers take memory of their own")
    def test_a_measure_of_pace_takes_little_memory(self):
        tiny = SCENARIOS / "studies" / "tiny.yaml"
        self.assertLess(self.peak_megabytes("sweep", "plan", tiny, "-o", "sweep"), 200)
        self.assertLess(self.peak_megabytes("check", "teach"), 200)

    def test_quiet_says_nothing(self):
        self.assertEqual(self.call("sweep", "plan", self.study(), "-o", "sweep", "-q").stderr, "")

    def test_folder_is_named_after_study_and_digest(self):
        done = self.call("sweep", "plan", self.study(), "-q")
        digest = done.stdout.split()[1]
        self.assertTrue((self.folder / "results" / f"trap-budget-{digest[:8]}" / "plan.csv").exists())

    def test_the_same_plan_again_is_no_change(self):
        self.call("sweep", "plan", self.study(), "-o", "sweep", "-q")
        before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in self.folder.glob("sweep/**/*")}
        again = self.call("sweep", "plan", self.study(), "-o", "sweep")
        self.assertIn("already planned in sweep\n", again.stderr)
        after = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in self.folder.glob("sweep/**/*")}
        self.assertEqual(before, after)

    def test_another_plan_needs_force_and_takes_results_away(self):
        self.call("sweep", "plan", self.study(), "-o", "sweep", "-q")
        (self.folder / "sweep" / "segments").mkdir()
        other = self.study(seed="7")
        refused = self.call("sweep", "plan", other, "-o", "sweep", status=64)
        self.assertIn("holds another plan", refused.stderr)
        self.assertTrue((self.folder / "sweep" / "segments").exists())
        self.call("sweep", "plan", other, "-o", "sweep", "--force", "-q")
        self.assertEqual(self.rows("sweep")[0]["seed"], "7")
        self.assertFalse((self.folder / "sweep" / "segments").exists())

    def test_the_plan_needs_no_other_file_and_is_the_same_from_anywhere(self):
        (self.folder / "a").mkdir()
        (self.folder / "b").mkdir()
        for place in "ab":
            self.write(f"{place}/base.yaml", f"terrace: 1\nname: base\nextends: {SCENARIOS}/mini.yaml\n")
            self.write(f"{place}/study.yaml", STUDY.replace(f"{SCENARIOS}/mini.yaml", "base.yaml"))
        first, second = (self.call("sweep", "plan", f"{place}/study.yaml", "-o", f"sweep-{place}", "-q")
                         for place in "ab")
        self.assertEqual(first.stdout, second.stdout)
        for file in ("plan.json", "plan.csv", "scenarios/0.yaml"):
            self.assertEqual((self.folder / "sweep-a" / file).read_bytes(),
                             (self.folder / "sweep-b" / file).read_bytes())

    def test_settings_go_over_the_study(self):
        plain = self.call("sweep", "plan", self.study(), "-o", "plain", "-q").stdout
        set_ = self.call("sweep", "plan", self.study(), "-o", "set", "-q", "--set",
                         "parameters.income_risk.phi_pers=0.9").stdout
        self.assertNotEqual(plain, set_)

    def test_mistakes_are_named_with_file_and_line(self):
        wrong = self.call("sweep", "plan", self.study(replicates="none"), "-o", "sweep", status=65)
        line = 1 + STUDY.splitlines().index("replicates: 2")
        self.assertIn(f"study.yaml:{line}:", wrong.stderr)
        self.assertIn("1 mistake in study.yaml", wrong.stderr)
        self.assertFalse((self.folder / "sweep").exists())
        self.call("sweep", "plan", "nowhere.yaml", "-o", "sweep", status=65)

    def test_a_folder_of_other_things_is_left_alone(self):
        (self.folder / "sweep").mkdir()
        self.write("sweep/thesis.tex", "x")
        for force in ([], ["--force"]):
            self.call("sweep", "plan", self.study(), "-o", "sweep", *force, status=64)
        self.assertEqual([p.name for p in (self.folder / "sweep").iterdir()], ["thesis.tex"])

    @unittest.skipIf(os.environ.get("TERRACE_SANITIZED"), "sanitizers want address space of their own")
    def test_a_run_that_does_not_fit_in_memory_is_refused(self):
        # Three gigabytes of address space, with a population that needs far more.
        large = self.call("sweep", "plan", self.study(over="{population: {counties: all, sample: "
                                                           "{counties: 1, villages: 1}, provinces: all}}"),
                          "-o", "sweep", status=69, preexec_fn=lambda: limit_memory(3 << 30))
        self.assertIn("a run of the study needs about", large.stderr)
        self.assertFalse((self.folder / "sweep").exists())


def limit_memory(size):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    unittest.main()
