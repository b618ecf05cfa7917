"""terrace compare, end to end: its numbers against those computed here from summary.csv and the panel."""
import csv
import json
import math
import pathlib
import tempfile
import unittest

import h5py
import numpy as np

from terrace_program import ProgramTest

# The 0.975 quantile of Student's t with two degrees of freedom has a closed form: three replicates.
T_2 = 0.95 / math.sqrt(2 * 0.975 * 0.025)
RUN = ("teach", "-q", "--threads", "1", "--replicates", "3")
NO_ALLOWANCE = ("--set", "policies.allowance.enabled=false")


def by_hand(base, alt):
    """Mean difference and the ends of its interval."""
    differences = [a - b for b, a in zip(base, alt)]
    mean = sum(differences) / 3
    error = math.sqrt(sum((d - mean) ** 2 for d in differences) / 2 / 3)
    return mean, mean - T_2 * error, mean + T_2 * error


class Compare(ProgramTest):
    """The two runs are made once; each test sees them through links in its own folder."""

    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory(prefix="terrace-compare-")
        cls.addClassCleanup(held.cleanup)
        cls.runs = pathlib.Path(held.name)
        runner = ProgramTest()
        runner.folder = cls.runs
        runner.call("run", *RUN, "-o", "base")
        runner.call("run", *RUN, *NO_ALLOWANCE, "-o", "alt")

    def setUp(self):
        super().setUp()
        for name in ("base", "alt"):
            (self.folder / name).symlink_to(self.runs / name)

    def rows(self, path):
        with open(self.folder / path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def summary(self, run):
        """{(level, region, indicator, year): values by replicate}"""
        values = {}
        for row in self.rows(f"{run}/summary.csv"):
            key = (row["region_level"], row["region"], row["indicator"], row["year"])
            values.setdefault(key, []).append(float(row["value"] or "nan"))
        return values

    def close(self, text, number):
        self.assertTrue(math.isclose(float(text), number, rel_tol=1e-9, abs_tol=1e-9),
                        f"{text} is not {number}")

    def panel(self, run):
        """Ids, weights, and for December 2020 incomes and poverty [replicate][household]."""
        with h5py.File(self.folder / run / "trajectories.h5") as file:
            panel = file["panel"]
            return (panel["household"][:], panel["weight"][:], panel["income"][:, -1, :],
                    panel["poor"][:, -1, :])

    def test_differences_are_those_of_summary_csv(self):
        self.call("compare", "base", "alt", "-o", "found", "--level", "all")
        base, alt = self.summary("base"), self.summary("alt")
        self.assertEqual(base.keys(), alt.keys())
        checked = 0
        for row in self.rows("found/differences.csv"):
            if row["from_year"] != row["to_year"] or row["module"]:
                continue
            key = (row["region_level"], row["region"], row["indicator"], row["to_year"])
            pairs = [(b, a) for b, a in zip(base[key], alt[key]) if not math.isnan(a + b)]
            self.assertEqual(int(row["n"]), len(pairs))
            if len(pairs) == 3:
                self.close(row["base"], sum(base[key]) / 3)
                for name, number in zip(("difference", "low", "high"), by_hand(*zip(*pairs))):
                    self.close(row[name], number)
                checked += 1
            elif len(pairs) < 2:
                self.assertEqual((row["low"], row["note"]), ("", "n too small"))
        self.assertGreater(checked, 5000)

    def test_sums_run_from_the_programme_on(self):
        self.call("compare", "base", "alt", "-o", "found", "--indicators", "exits,poor_persons")
        rows = [row for row in self.rows("found/differences.csv")
                if row["from_year"] != row["to_year"] and row["region_level"] == "national"]
        base, alt = self.summary("base"), self.summary("alt")
        self.assertEqual([(row["indicator"], row["unit"]) for row in rows],
                         [("poor_persons", "person-years"), ("exits", "households")])
        for row in rows:
            self.assertEqual((row["from_year"], row["to_year"]), ("2013", "2020"))
            sums = [[sum(run["national", "0", row["indicator"], str(year)][r]
                         for year in range(2013, 2021)) for r in range(3)] for run in (base, alt)]
            self.close(row["difference"], by_hand(*sums)[0])
            self.close(row["high"], by_hand(*sums)[2])

    def test_winners_are_those_of_the_panel(self):
        self.call("compare", "base", "alt", "-o", "found")
        ids, weights, income, poor = self.panel("base")
        ids_alt, _, income_alt, poor_alt = self.panel("alt")
        both, b, a = np.intersect1d(ids, ids_alt, return_indices=True)
        self.assertGreater(len(both), 200)
        threshold = 0.01 * 3300  # the line of 2020
        shares = {"winners": [], "losers": [], "mean_change": [], "lifted": [], "only_in_alt": []}
        for r in range(3):
            before, after = income[r, b].astype(float), income_alt[r, a].astype(float)
            lives = ~np.isnan(before) & ~np.isnan(after)
            change = (after - before)[lives]
            weight = weights[b][lives].astype(float)
            lifted = ((poor[r, b] == 1) & (poor_alt[r, a] == 0))[lives]
            shares["winners"].append(weight[change > threshold].sum() / weight.sum())
            shares["losers"].append(weight[change < -threshold].sum() / weight.sum())
            shares["mean_change"].append((weight * change).sum() / weight.sum())
            shares["lifted"].append(weight[lifted].sum() / weight.sum())
            shares["only_in_alt"].append((~np.isnan(income_alt[r])).sum() - lives.sum())
        found = {row["measure"]: row for row in self.rows("found/winners.csv")
                 if row["year"] == "2020" and row["region_level"] == "national"
                 and not row["group"]}
        for measure, values in shares.items():
            mean, low, high = by_hand([0, 0, 0], values)
            self.close(found[measure]["mean"], mean)
            self.close(found[measure]["low"], low)
            self.close(found[measure]["high"], high)
        self.assertGreater(float(found["losers"]["mean"]), 0)

    def test_a_folder_appears_whole_or_not_at_all(self):
        self.call("compare", "base", "alt", "-o", "found")
        folder = self.folder / "found"
        self.assertEqual({path.name for path in folder.iterdir()},
                         {"differences.csv", "winners.csv", "comparison.h5", "comparison.json"})
        about = json.loads((folder / "comparison.json").read_text())
        for run in (about["base"], about["alts"][0]):
            provenance = json.loads((self.folder / run["folder"] / "provenance.json").read_text())
            self.assertEqual(run["results_digest"], provenance["results_digest"])
        self.assertEqual(about["alts"][0]["differs"], [
            {"key": "policies.allowance.enabled", "base": "true", "alt": "false"}])
        with h5py.File(folder / "comparison.h5") as file:
            differences = [float(row["difference"] or "nan")
                           for row in self.rows("found/differences.csv")]
            np.testing.assert_array_equal(file["differences/difference"][:], differences)
            self.assertEqual(len(file["winners/mean"]), len(self.rows("found/winners.csv")))
        before = (folder / "comparison.json").read_bytes()
        self.assertIn("--force", self.call("compare", "base", "alt", "-o", "found",
                                           status=64).stderr)
        self.call("compare", "base", "base", "-o", "found", "--force", "--years", "1990",
                  status=65)
        self.assertEqual((folder / "comparison.json").read_bytes(), before)
        self.call("compare", "base", "base", "-o", "found", "--force")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["alt", "base", "found"])
        self.call("compare", "base", "alt", "-o", "base", "--force", status=64)

    def test_the_screen(self):
        text = self.call("compare", "base", "alt", "base").stdout
        self.assertLess(max(map(len, text.splitlines())), 132)
        first, second = text.split("base (2) less base")
        self.assertIn("policies.allowance.enabled: true -> false", first)
        self.assertRegex(first, r"headcount_ratio +% points .*±")
        self.assertIn("n too small (under 30 households)", first)
        self.assertIn("the scenarios are the same", first)
        self.assertNotIn("*\n", second)  # no difference from itself
        self.assertIn("share one sample of counties and villages", first)
        self.assertIn("sums are not deflated", first)
        one = self.call("compare", "base", "alt", "--indicators", "gini", "--years", "2016").stdout
        self.assertRegex(one, r"\ngini +% points +[0-9.]+ +[-+][0-9.]+ ± [0-9.]+")
        self.assertNotIn("mean_income", one)

    def test_years_before_the_programme_are_shown_like_others(self):
        self.call("run", *RUN, "--set", "time.programme=2015-01", "-o", "late")
        self.call("run", *RUN, *NO_ALLOWANCE, "--set", "time.programme=2015-01", "-o", "late_alt")
        text = self.call("compare", "late", "late_alt", "--indicators", "gini", "--years", "2013-2014").stdout
        self.assertRegex(text, r"base 2014 +2013 +2014 *\n")

    def test_a_figure_of_one_run_only_is_shown(self):
        self.call("run", *RUN, "--set", "registry.enabled=false", "-o", "bare")
        text = self.call("compare", "base", "bare", "--indicators", "exclusion_error_income").stdout
        self.assertRegex(text, r"exclusion_error_income +% points +[0-9.]+ +not in both")

    def test_a_run_given_twice_is_two(self):
        self.call("compare", "base", "alt", "alt", "-o", "found")
        rows = self.rows("found/differences.csv")
        keys = {(r["alt"], r["region_level"], r["region"], r["indicator"], r["module"], r["from_year"], r["to_year"])
                for r in rows}
        self.assertEqual(len(keys), len(rows))
        self.assertEqual({r["alt"] for r in rows}, {"alt", "alt (2)"})

    def test_fewer_pairs_than_the_heading_says(self):
        self.call("compare", "base", "alt", "-o", "found", "--level", "all")
        row = next(r for r in self.rows("found/differences.csv") if r["n"] in ("1", "2") and not r["module"]
                   and r["from_year"] == r["to_year"])
        text = self.call("compare", "base", "alt", "--level", "all", "--indicators", row["indicator"],
                         "--years", row["to_year"]).stdout
        self.assertIn(f"n={row['n']}", text)

    def test_json_has_every_row(self):
        self.call("compare", "base", "alt", "-o", "found")
        got = json.loads(self.call("compare", "base", "alt", "--json").stdout)
        national = [row for row in self.rows("found/differences.csv")
                    if row["region_level"] == "national"]
        self.assertEqual(len(got["differences"]), len(national))
        for row, texts in zip(got["differences"], national):
            self.assertEqual(row["difference"],
                             float(texts["difference"]) if texts["difference"] else None)
        self.assertEqual(len(got["winners"]), len(self.rows("found/winners.csv")))

    def test_refusals(self):
        self.call("run", "teach", "-q", "--seed", "7", "--replicates", "2", "-o", "other",
                  "--set", "population.sample.villages=0.5", "--set", "time.end=2019-12")
        error = self.call("compare", "base", "alt", "other", "-o", "none", status=65).stderr
        for why in ("seeds differ: 20131103 in base, 7 in other", "3 in base, 2 in other",
                    "2020-12 in base, 2019-12 in other", "population.sample.villages (1, 0.5)"):
            self.assertIn(why, error)
        self.assertFalse((self.folder / "none").exists())
        self.call("compare", "base", status=64)
        self.call("compare", "base", "alt", "--years", "2013-", status=64)
        self.call("compare", "base", "alt", "--confidence", "1.5", status=64)
        self.assertIn("nowhere", self.call("compare", "base", "nowhere", status=74).stderr)
        self.assertIn("no figures of ginny", self.call("compare", "base", "alt", "--indicators",
                                                       "ginny", status=65).stderr)

    def test_a_parameter_that_acts_before_the_programme_is_a_note(self):
        self.call("run", *RUN, "--set", "parameters.farm_assets.tau=0.6", "-o", "tau")
        done = self.call("compare", "base", "tau")
        self.assertIn("already before the programme, from 20", done.stderr)
        self.assertIn("parameters.farm_assets.tau", done.stderr)
        self.call("run", *RUN, "--set", "output.panel.households=0", "-o", "bare")
        self.assertIn("bare has no panel", self.call("compare", "base", "bare").stderr)


if __name__ == "__main__":
    unittest.main()
