"""Indices of a tiny sweep that is planned, run and merged once for all tests here."""
import csv
import json
import shutil
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

import h5py

from terrace_program import SCENARIOS, ProgramTest

STUDY = """\
study: 1
name: tiny
title: What matters in 'teach', in `seconds`
base: {base}
over:
  time: {{start: 2012-01, end: 2018-12}}
dimensions:
  trap: {{parameter: farm_assets.tau}}
  industry: {{policy: industry.enabled}}
design: {design}
replicates: {replicates}
indicators: [headcount_ratio, mean_income]
years: [2017, 2018]
"""


class Sensitivity(ProgramTest):
    SWEEPS = {"sobol": ("{kind: saltelli, n: 4}", 2), "morris": ("{kind: morris, n: 3}", 1),
              "grid": ("{kind: list, points: [{trap: 0.3, industry: true}]}", 1)}

    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory(prefix="terrace-sensitivity-")
        cls.addClassCleanup(cls.held.cleanup)
        cls.sweeps = Path(cls.held.name)

    def sweep(self, name):
        """The folder of a merged sweep, made when it is first asked for."""
        folder = self.sweeps / name
        if not folder.exists():
            design, replicates = self.SWEEPS[name]
            study = self.write("study.yaml", STUDY.format(base=SCENARIOS / "teach.yaml",
                                                          design=design, replicates=replicates))
            self.call("sweep", "plan", study, "-o", folder, "-q")
            self.call("sweep", "run", folder, "-j", "1", "-q")
            self.call("sweep", "merge", folder, "-q")
        return folder

    def rows(self, name):
        with open(self.folder / "out" / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_table_files_and_figure(self):
        done = self.call("sensitivity", self.sweep("sobol"), "--outputs",
                         "headcount_ratio@2018,mean_income@2017-2018", "--resamples", "100", "-o",
                         "out")
        self.assertIn("Sobol indices, saltelli n = 4 (2 dimensions, 16 points x 2 replicates)",
                      done.stdout)
        self.assertIn("not that of which counties and villages", " ".join(done.stdout.split()))
        self.assertIn("between replicates of one point", done.stdout)
        self.assertIn("\nheadcount_ratio@2018, share of persons", done.stdout)
        self.assertRegex(done.stdout, r"\nmean_income@2017-2018 \(yuan/person/year\), [^\n]*\n"
                                      r"  mean \d{4,5}, points from \d{4,5} to \d{4,5}, ")
        rows = self.rows("sobol.csv")
        self.assertEqual([(r["output"], r["dimension"]) for r in rows],
                         [(o, d) for o in ("headcount_ratio@2018", "mean_income@2017-2018")
                          for d in ("trap", "industry", "sum of first")])
        for row in rows:
            self.assertLessEqual(float(row["first_low"]), float(row["first_high"]))
            self.assertEqual(row["first_holds_zero"], "1" if float(row["first_low"]) <= 0 else "0")
        with h5py.File(self.folder / "out" / "sensitivity.h5") as file:
            self.assertEqual(file["sobol/total"].attrs["units"].decode(), "1")
            self.assertEqual(len(file["outputs/mean"]), 2)
        about = json.loads((self.folder / "out" / "sensitivity.json").read_text("utf-8"))
        self.assertEqual((about["n"], about["points"], about["replicates"]), (4, 16, 2))
        self.assertIn("sobol.csv", about["files"])
        self.assertEqual([d["name"] for d in about["dimensions"]], ["trap", "industry"])

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_the_figure_is_drawn(self):
        self.call("sensitivity", self.sweep("sobol"), "-o", "out", "--resamples", "100")
        text = "".join(ET.parse(self.folder / "out" / "sensitivity.svg").getroot().itertext())
        for words in ("What matters in 'teach', in `seconds`", "headcount_ratio@2018", "trap",
                      "industry", "first order (alone)", "share of variance", "resamples"):
            self.assertIn(words, text)

    def test_without_gnuplot_the_script_is_left(self):
        nowhere = dict(self.environment(), PATH="/nonexistent")
        self.environment = lambda: nowhere
        done = self.call("sensitivity", self.sweeps_file(), "-o", "out", "--resamples", "100")
        self.assertIn("gnuplot is not installed", done.stderr)
        self.assertTrue((self.folder / "out" / "sensitivity.gp").exists())
        self.assertFalse((self.folder / "out" / "sensitivity.svg").exists())

    def sweeps_file(self):
        return self.sweep("sobol") / "sweep.h5"

    def test_a_gnuplot_that_fails_is_a_note(self):
        fake = self.folder / "gnuplot"
        fake.write_text("#!/bin/sh\necho broken >&2\nexit 1\n", encoding="utf-8")
        fake.chmod(0o755)
        changed = dict(self.environment(), PATH=f"{self.folder}:/usr/bin:/bin")
        self.environment = lambda: changed
        done = self.call("sensitivity", self.sweeps_file(), "-o", "out", "--resamples", "100")
        self.assertIn("gnuplot failed: broken", done.stderr)
        self.assertFalse((self.folder / "out" / "sensitivity.svg").exists())

    def test_the_same_file_gives_the_same_bytes(self):
        call = ("sensitivity", self.sweeps_file(), "--json", "--resamples", "200")
        self.assertEqual(self.call(*call).stdout, self.call(*call).stdout)

    def test_morris(self):
        done = self.call("sensitivity", self.sweep("morris"), "--json", "--resamples", "100")
        found = json.loads(done.stdout)
        self.assertEqual(found["design"], "morris")
        self.assertEqual({row["dimension"] for row in found["morris"]}, {"trap", "industry"})
        told = self.call("sensitivity", self.sweep("morris"), "--resamples", "100").stdout
        for row in found["morris"]:
            self.assertRegex(told, f"  {row['dimension']} +from {row['from']} to {row['to']}\\n")
            self.assertGreaterEqual(row["mu_star"], abs(row["mu"]))
        self.assertIn("one replicate", done.stderr)

    def test_the_figure_is_pale_where_the_table_is_marked(self):
        self.call("sensitivity", self.sweep("sobol"), "-o", "out", "--resamples", "100")
        script = (self.folder / "out" / "sensitivity.gp").read_text("utf-8")
        rows = [r for r in self.rows("sobol.csv") if r["dimension"] != "sum of first"]
        colours = {("first", False): 0x1f5fa8, ("first", True): 0xa9c4e4,
                   ("total", False): 0xc8500a, ("total", True): 0xf0bd98}
        for p in (0, 1):
            for m, index in enumerate(("first", "total")):
                block = script.split(f"$data{p}_{m} << EOD\n")[1].split("EOD")[0]
                drawn = [int(line.split()[4]) for line in block.splitlines()[1:]]
                marked = [r[f"{index}_holds_zero"] == "1" or r.get(f"{index}_within_noise") == "1"
                          for r in rows[2 * p:2 * p + 2]]
                self.assertEqual(drawn, [colours[index, pale] for pale in marked])

    def points(self, name):
        """Of each point mean income in 2018, the mean over replicates; and its coordinates."""
        with h5py.File(self.sweep(name) / "sweep.h5") as file:
            replicates = int(file.attrs["replicates"])
            income = file["mean_income"][:, list(file["year"][:]).index(2018)]
            return (income.reshape(-1, replicates).mean(axis=1),
                    {d: file[d][::replicates] for d in ("trap", "industry")})

    def found(self, name):
        done = self.call("sensitivity", self.sweep(name), "--outputs", "mean_income@2018", "--json",
                         "--resamples", "100")
        return json.loads(done.stdout)

    # Points of a row: A, A with the first dimension of B, A with the second, B.
    def test_sobol_indices_are_those_of_the_merged_file(self):
        values, _ = self.points("sobol")
        rows = (values - values.reshape(-1, 4)[:, [0, 3]].mean()).reshape(-1, 4)
        a, b = rows[:, 0], rows[:, 3]
        variance = (a * a + b * b).mean() / 2
        found = self.found("sobol")["sobol"]
        for i in (0, 1):
            ab = rows[:, 1 + i]
            self.assertAlmostEqual(found[i]["first"], (b * (ab - a)).mean() / variance, 9)
            self.assertAlmostEqual(found[i]["total"], ((a - ab) ** 2).mean() / 2 / variance, 9)
            self.assertGreater(found[i]["total"], 0)
            self.assertIn(found[i]["total_within_noise"], (0, 1))

    # A step of 4 levels is two thirds of a range, and of a switch all of it.
    def test_effects_are_those_of_the_merged_file(self):
        values, coordinates = self.points("morris")
        effects = {"trap": [], "industry": []}
        for start in range(0, len(values), 3):
            for p in (start, start + 1):
                for name, share in (("trap", 2 / 3), ("industry", 1)):
                    step = float(coordinates[name][p + 1]) - float(coordinates[name][p])
                    if step:
                        up = 1 if step > 0 else -1
                        effects[name].append(up * (values[p + 1] - values[p]) / share)
        for row in self.found("morris")["morris"]:
            of = effects[row["dimension"]]
            self.assertEqual(len(of), 3)
            self.assertAlmostEqual(row["mu"], sum(of) / 3, 6)
            self.assertAlmostEqual(row["mu_star"], sum(map(abs, of)) / 3, 6)
            self.assertGreater(row["mu_star"], 0)
            self.assertIsNone(row["mu_star_within_noise"])  # one replicate

    def test_shipped_studies_vary_what_acts(self):
        for study, table, size in (("tiny-saltelli", "sobol", "total"),
                                   ("tiny-morris", "morris", "mu_star")):
            self.call("sweep", "plan", SCENARIOS / "studies" / f"{study}.yaml", "-o", study, "-q")
            self.call("sweep", "run", study, "-j", "2", "-q")
            self.call("sweep", "merge", study, "-q")
            done = self.call("sensitivity", study, "--outputs", "mean_income", "--json",
                             "--resamples", "100")
            for row in json.loads(done.stdout)[table]:
                if row["dimension"] != "sum of first":
                    self.assertGreater(row[size], 0, (study, row["dimension"]))

    def test_what_cannot_be_answered(self):
        self.assertIn("kind: saltelli",
                      self.call("sensitivity", self.sweep("grid"), status=65).stderr)
        done = self.call("sensitivity", self.sweeps_file(), "--outputs", "gini,headcount_ratio@2020",
                         status=65)
        self.assertIn("it kept headcount_ratio, mean_income", done.stderr)
        self.assertIn("the sweep kept the years 2017-2018", done.stderr)
        self.assertIn("terrace sweep merge",
                      self.call("sensitivity", self.folder, status=74).stderr)
        for names in ("mean_income@2018,", ",mean_income", ""):
            done = self.call("sensitivity", self.sweeps_file(), "--outputs", names, status=64)
            self.assertIn("an empty name", done.stderr)
        self.assertIn("--outputs NAME,... ", self.call("sensitivity", "--help").stdout)
        (self.folder / "out").mkdir()
        (self.folder / "out" / "mine").touch()
        self.call("sensitivity", self.sweeps_file(), "-o", "out", status=64)

    def test_missing_runs_are_named(self):
        copy = self.folder / "copy"
        shutil.copytree(self.sweep("sobol"), copy)
        shutil.rmtree(copy / "segments")
        (copy / "segments").mkdir()
        self.call("sweep", "run", copy, "--runs", "0-2,4-31", "-j", "1", "-q")
        self.call("sweep", "merge", copy, "--allow-missing", "--force", "-q")
        done = self.call("sensitivity", copy, status=65)
        self.assertIn("without result: 1 run: 3\n", done.stderr)
        self.assertIn(f"terrace sweep run {copy}", done.stderr)


if __name__ == "__main__":
    unittest.main()
