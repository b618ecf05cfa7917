"""analysis/cost_effectiveness.py on two runs of three lines each, worked by hand."""
import csv
import io
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("TERRACE_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
SCRIPT = SOURCE / "analysis" / "cost_effectiveness.py"

# By year: cost, exits, poor persons, FGT 2, persons.
NONE = {2014: (0, 0, 100, 0.01, 1000), 2015: (0, 0, 90, 0.02, 1000)}
ARM = {2014: (600, 0, 100, 0.01, 1000), 2015: (900, 5, 60, 0.005, 1200)}
NAMES = ["programme_cost", "exits", "poor_true", "squared_poverty_gap", "persons"]


class CostEffectiveness(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)

    def run_folder(self, name, runs, households=10, **provenance):
        folder = self.scratch / name
        folder.mkdir()
        about = {"seed": "1", "replicates": len(runs), "scenario": name}
        (folder / "provenance.json").write_text(json.dumps(about | provenance))
        (folder / "scenario.resolved.yaml").write_text("population:\n  source: synthetic\nrun: 1\n")
        lines = ["replicate,year,region_level,region,region_name,indicator,unit,value"]
        for replicate, years in enumerate(runs):
            if households:
                lines.append(f"{replicate},2014,national,0,China,households,x,{households}")
                lines.append(f"{replicate},2015,national,0,China,households,x,{len(name)}")
            for year, values in years.items():
                for indicator, value in zip(NAMES, values):
                    lines.append(f"{replicate},{year},national,0,China,{indicator},x,{value}")
                    lines.append(f"{replicate},{year},county,0,Other,{indicator},x,1e9")
        (folder / "summary.csv").write_text("\n".join(lines) + "\n")
        return folder

    def call(self, *arguments):
        return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)

    def table(self, *arguments):
        done = self.call(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return list(csv.DictReader(io.StringIO(done.stdout)))

    def test_by_hand(self):
        rows = self.table(self.run_folder("arm", [ARM]), self.run_folder("none", [NONE]))
        self.assertEqual([row["replicate"] for row in rows], ["0", "all"])
        for row in rows:
            self.assertEqual(float(row["cost_per_exit"]), 1500 / 5)
            self.assertEqual(float(row["cost_per_poverty_year"]), 1500 / 30)
            # 20 - 6 of squared gap averted in 2015, nothing the year before
            self.assertAlmostEqual(float(row["cost_per_squared_gap"]), 1500 / 14)

    def test_the_twins_own_cost_counts_against_poverty_averted_only(self):
        costly = {year: (100, *values[1:]) for year, values in NONE.items()}
        row = self.table(self.run_folder("arm", [ARM]), self.run_folder("none", [costly]))[-1]
        self.assertEqual(float(row["cost_per_exit"]), 1500 / 5)
        self.assertAlmostEqual(float(row["cost_per_poverty_year"]), 1300 / 30)

    def test_nothing_bought_is_no_figure(self):
        row = self.table(self.run_folder("arm", [ARM]), self.run_folder("none", [NONE]),
                         "--to", "2014")[-1]
        self.assertEqual(float(row["cost"]), 600)
        for name in ["cost_per_exit", "cost_per_poverty_year", "cost_per_squared_gap"]:
            self.assertTrue(math.isnan(float(row[name])), name)

    def test_runs_without_numbers_of_households_are_refused(self):
        done = self.call(self.run_folder("arm", [ARM], households=None),
                         self.run_folder("none", [NONE], households=None))
        self.assertEqual(done.returncode, 1)
        self.assertIn("recorded", done.stderr)

    def test_replicates_are_paired_and_added_up(self):
        dear = {year: (2 * values[0], *values[1:]) for year, values in ARM.items()}
        rows = self.table(self.run_folder("arm", [ARM, dear]),
                          self.run_folder("none", [NONE, NONE]))
        self.assertEqual([float(row["cost_per_exit"]) for row in rows], [300, 600, 450])

    def test_runs_that_are_no_twins_are_refused(self):
        arm = self.run_folder("arm", [ARM])
        for name, change, why in [("a", {"seed": "2"}, "seeds differ"),
                                  ("b", {"households": 11}, "populations"),
                                  ("c", {"replicates": 3}, "replicates differ"),
                                  ("f", {"first_replicate": 2}, "first replicates differ")]:
            done = self.call(arm, self.run_folder(name, [NONE], **change))
            self.assertEqual(done.returncode, 1)
            self.assertIn(why, done.stderr)
        short = self.call(arm, self.run_folder("d", [{2014: NONE[2014]}]))
        self.assertEqual(short.returncode, 1)
        self.assertIn("same years", short.stderr)
        bare = self.call(arm, self.run_folder("e", [{2014: (0,), 2015: (0,)}]))
        self.assertIn("no national exits", bare.stderr)
        self.assertEqual(self.call(arm, self.scratch / "nowhere").returncode, 74)


if __name__ == "__main__":
    unittest.main()
