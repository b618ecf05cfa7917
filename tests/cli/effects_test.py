"""`terrace effects` of a sweep over arms and of one over two dimensions, against the merged file itself."""
import csv
import json
import math
import tempfile
import unittest
from pathlib import Path

import h5py

from terrace_program import SCENARIOS, ProgramTest

ARMS = """\
study: 1
name: arms
title: Two measures of 'teach'
over:
  time: {{start: 2012-01, end: 2017-12}}
  population: {{layout: {data}/teach.yaml, sample: {{counties: 1, villages: 1}}}}
dimensions:
  arm:
    scenarios: [{scenarios}/tpa.yaml, {scenarios}/none.yaml, {scenarios}/only-allowance.yaml,
                {scenarios}/only-industry.yaml]
design: {{kind: grid}}
replicates: 3
indicators: [headcount_ratio, mean_income, registered_income, spending]
years: [2016, 2017]
"""
TWO = """\
study: 1
name: two
base: {scenarios}/teach.yaml
over:
  time: {{start: 2012-01, end: 2016-12}}
dimensions:
  scale: {{policy: industry.capacity, levels: [0.25, 1], low: 0.25, high: 1}}
  herding: {{parameter: specialty_market.herding, levels: [0, 1]}}
design: {{kind: grid}}
replicates: 2
indicators: [mean_income]
years: [2016, 2016]
"""
T = {2: 12.706205, 3: 4.302653}  # quantiles of Student's t, 0.975, n - 1 degrees of freedom


class EffectsTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory(prefix="terrace-effects-")
        cls.addClassCleanup(cls.held.cleanup)
        cls.sweeps = Path(cls.held.name)

    def sweep(self, name, text):
        """The folder of a merged sweep, made when it is first asked for."""
        folder = self.sweeps / name
        if not folder.exists():
            self.write("study.yaml", text.format(scenarios=SCENARIOS, data=SCENARIOS / "data"))
            self.call("sweep", "plan", "study.yaml", "-o", folder, "-q")
            self.call("sweep", "run", folder, "-j", "1", "-q")
            self.call("sweep", "merge", folder, "-q")
        return folder

    def arms(self):
        return self.sweep("arms", ARMS)

    def by_arm(self, name, year):
        """Of each arm the figures of its three replicates."""
        with h5py.File(self.arms() / "sweep.h5") as file:
            place = list(file["year"][:]).index(year)
            values = file[name][:, place].reshape(-1, 3)
        return dict(zip(("tpa", "none", "only-allowance", "only-industry"), values.tolist()))

    def check_interval(self, values, row, mean="difference", low="low", high="high"):
        n = len(values)
        centre = sum(values) / n
        error = math.sqrt(sum((v - centre) ** 2 for v in values) / (n - 1) / n)
        self.assertAlmostEqual(row[mean], centre, 9)
        self.assertAlmostEqual(row[low], centre - T[n] * error, delta=1e-6 * (1 + T[n] * error))
        self.assertAlmostEqual(row[high], centre + T[n] * error, delta=1e-6 * (1 + T[n] * error))

    def test_differences_and_sums_are_those_of_the_merged_file(self):
        done = self.call("effects", self.arms(), "--base", "none", "--outputs", "mean_income@2017",
                         "--sum", "only-*", "--whole", "tpa", "--json")
        found = json.loads(done.stdout)
        income = self.by_arm("mean_income", 2017)
        pairs = {arm: [a - b for a, b in zip(income[arm], income["none"])] for arm in income}
        self.assertEqual({row["level"] for row in found["effects"]},
                         {"tpa", "only-allowance", "only-industry"})
        sizes = [abs(row["difference"]) for row in found["effects"]]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        for row in found["effects"]:
            self.assertNotEqual(row["difference"], 0)
            self.check_interval(pairs[row["level"]], row)
        both = [a + b for a, b in zip(pairs["only-allowance"], pairs["only-industry"])]
        row = found["sums"][0]
        self.assertEqual((row["levels"], row["n"]), (2, 3))
        self.check_interval(both, row, "sum", "sum_low", "sum_high")
        self.check_interval(pairs["tpa"], row, "whole_effect", "whole_effect_low",
                            "whole_effect_high")
        self.check_interval([s - w for s, w in zip(both, pairs["tpa"])], row, "surplus",
                            "surplus_low", "surplus_high")

    def test_screen_and_files(self):
        done = self.call("effects", self.arms(), "--base", "none", "--sum", "only-*", "--whole",
                         "tpa", "-o", "out")
        self.assertIn("arm less none, the largest first, ± 95 % interval over 3 pairs", done.stdout)
        self.assertRegex(done.stdout, r"\nheadcount_ratio@2017, share of persons [^\n]*\n"
                                      r"  % points; none [\d.]+\n")
        self.assertRegex(done.stdout, r"\n  only-industry +[-+]?[\d,.]+ ± [\d.]+")
        self.assertRegex(done.stdout, r"\n  sum of 2 +[-+]")
        self.assertRegex(done.stdout, r"\n  sum less whole +[-+]")
        with open(self.folder / "out" / "effects.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        # The world without a programme has no register, and so no income of the registered.
        self.assertEqual({(r["output"], r["level"]) for r in rows if r["n"] == "0"},
                         {("registered_income@2017", arm)
                          for arm in ("tpa", "only-allowance", "only-industry")})
        self.assertRegex(done.stdout, r"only-allowance +not in both\n")
        self.assertEqual(done.stdout.count("\n  sum of 2 "), 2)  # of three: where there is no pair, no sum
        about = json.loads((self.folder / "out" / "effects.json").read_text("utf-8"))
        self.assertEqual(about["summed"], ["only-allowance", "only-industry"])
        self.assertEqual(sorted(about["files"]), ["effects.csv", "effects.h5", "sums.csv"])
        with h5py.File(self.folder / "out" / "effects.h5") as file:
            self.assertEqual(len(file["sums/surplus"]), 3)
        self.assertIn("exists", self.call("effects", self.arms(), "--base", "none", "-o", "out",
                                           status=64).stderr)

    def test_other_dimensions_are_held(self):
        folder = self.sweep("two", TWO)
        done = self.call("effects", folder, "--dimension", "scale", "--base", "1", "--json")
        with h5py.File(folder / "sweep.h5") as file:
            income = file["mean_income"][:, 0].reshape(2, 2, 2)  # scale, herding, replicate
        rows = json.loads(done.stdout)["effects"]
        self.assertEqual([(r["at"], r["level"]) for r in rows],
                         [("herding = 0", "0.25"), ("herding = 1", "0.25")])
        for herding, row in enumerate(rows):
            self.check_interval((income[0, herding] - income[1, herding]).tolist(), row)

    def test_what_cannot_be_answered(self):
        self.assertIn("required", self.call("effects", self.arms(), status=64).stderr)
        refused = self.call("effects", self.arms(), "--base", "all", status=65).stderr
        self.assertIn("'all' is no level of arm; it has tpa, none, only-allowance, only-industry",
                      refused)
        for words in (("--sum", "only-*"), ("--whole", "tpa")):
            self.assertIn("equires", self.call("effects", self.arms(), "--base", "none", *words,
                                               status=64).stderr)
        self.write("study.yaml", ARMS.format(scenarios=SCENARIOS, data=SCENARIOS / "data"))
        self.call("sweep", "plan", "study.yaml", "-o", "half", "-q")
        self.assertIn("terrace sweep merge half",
                      self.call("effects", "half", "--base", "none", status=74).stderr)
        self.call("sweep", "run", "half", "--runs", "0-4", "-q")
        self.call("sweep", "merge", "half", "--allow-missing", "-q")
        self.assertIn("without result: 7 runs: 5, 6, 7",
                      self.call("effects", "half", "--base", "none", status=65).stderr)


if __name__ == "__main__":
    unittest.main()
