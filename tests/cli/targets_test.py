"""`terrace targets`: the shipped list of figures, and a run of the classroom beside a list made for it."""
import csv
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

from terrace_program import PROGRAM, SCENARIOS, ProgramTest

# Kept out of fitting from the start. A figure may join this list, never leave it.
HELD_OUT = """
    poor_rural_2017 poverty_incidence_2017 poor_rural_2018 poverty_incidence_2018 poor_rural_2019
    poverty_incidence_2019 poor_rural_2020 poverty_incidence_2020 minority_8prov_drop poor_east_2017
    poor_central_2017 poor_west_2017 poor_east_2018 poor_central_2018 poor_west_2018 poor_east_2019
    poor_central_2019 poor_west_2019 poor_counties_2016 poor_counties_2017 poor_counties_2018
    poor_counties_2019 poor_counties_2020 disp_income_poorarea_2017 disp_income_poorarea_2018
    disp_income_poorarea_2019 disp_income_poorarea_2020 disp_income_ratio_2020 reloc_jobs_workers
    reloc_jobs_households pitaya_glut danyang_exit_2014_2018 danyang_exit_2019 wangjia_workers wangjia_return
    he_exit
""".split()
# Derived from those.
DERIVED = ["poor_hazard_2019", "poor_west_share_2019", "disp_income_ratio_2017"]

# What turns an indicator's unit into a figure's. Of a ratio of two, or a rate of growth, the unit is "1".
FACTORS = {
    ("persons", "million persons"): 1e-6, ("persons", "million persons/month"): -1e-6 / 84,
    ("households", "million households"): 1e-6, ("households", "million units"): 1e-6,
    ("households", "million posts"): 1e-6, ("households", "households"): 1,
    ("persons/households", "persons"): 1, ("yuan", "billion yuan"): 1e-9,
    ("yuan/households", "yuan/household"): 1, ("yuan/households", "yuan/post/year"): 1,
    ("yuan/person/year", "yuan/person/year"): 1, ("1", "percent"): 100, ("1", "percent/year"): 100,
    ("1", "index"): 1, ("counties", "counties"): 1, ("villages", "villages"): 1, ("teams", "teams"): 1, ("places", "persons"): 1,
}


def terms_of(answer):
    """The terms of an answer and of what it is divided by."""
    over = answer.get("over", [])
    return answer.get("sum", [answer]), over if isinstance(over, list) else [over]


class ShippedList(ProgramTest):
    """What the reader cannot know: the model's names and units, and what must stay as it is."""

    @classmethod
    def setUpClass(cls):
        cls.list = yaml.safe_load((SCENARIOS / "data" / "targets.yaml").read_text(encoding="utf-8"))
        cls.figures = cls.list["figures"]

    def listed(self, topic):
        return json.loads(self.call("list", topic, "--json").stdout)

    def unit_of(self, terms, indicators):
        units = {indicators[(t.get("group", "monthly"), t["indicator"])]["unit"] for t in terms}
        self.assertEqual(len(units), 1, terms)
        return "1" if terms[0].get("take") == "growth" else units.pop()

    def test_every_indicator_exists_and_comes_in_the_unit_of_the_figure(self):
        indicators = {(i["group"], i["name"]): i for i in self.listed("indicators")}
        answered = [f for f in self.figures if "answer" in f]
        self.assertGreater(len(answered), 60)
        for figure in answered:
            above, below = terms_of(figure["answer"])
            for term in above + below:
                for name in ("indicator", "times", "weight"):
                    if name in term:
                        self.assertIn((term.get("group", "monthly"), term[name]), indicators, figure["id"])
            unit = self.unit_of(above, indicators)
            if below:
                other = self.unit_of(below, indicators)
                unit = "1" if unit == other else f"{unit}/{other}"
            factor = abs(figure["answer"].get("factor", 1))
            self.assertIn((unit, figure["unit"]), FACTORS, figure["id"])
            self.assertAlmostEqual(factor / abs(FACTORS[(unit, figure["unit"])]), 1, msg=figure["id"])

    def test_what_is_held_out_stays_held_out(self):
        held = [f["id"] for f in self.figures if f.get("holdout")]
        self.assertEqual(sorted(held), sorted(HELD_OUT + DERIVED))
        for figure in self.figures:
            self.assertEqual(figure["role"] == "held_out", figure["id"] in held, figure["id"])
            if figure["id"] in held:
                self.assertNotIn("feeds", figure)

    def test_what_figures_feed_exists(self):
        parameters = {p["name"] for p in self.listed("parameters")}
        series = {"series." + s["name"] for s in self.listed("series")}
        layout = yaml.safe_load((SCENARIOS / "data" / "china.yaml").read_text(encoding="utf-8"))
        for figure in self.figures:
            for name in figure.get("feeds", []):
                if name.startswith("layout."):
                    self.assertIn(name.split(".")[1], layout)
                elif "/" in name:
                    self.assertTrue((SCENARIOS.parent / name).exists(), name)
                else:
                    self.assertIn(name, parameters | series, figure["id"])

    def test_figures_of_modules_name_them(self):
        modules = {m["name"] for m in self.listed("policies")}
        named = {f["module"] for f in self.figures if "module" in f}
        self.assertLessEqual(named, modules)
        self.assertGreater(len(named), 8)
        for figure in self.figures:
            above, below = terms_of(figure.get("answer", {}))
            for term in above + below:
                self.assertIn(term.get("module"), {None, figure.get("module", term.get("module"))}, figure["id"])

    def test_nation_and_patterns(self):
        layout = yaml.safe_load((SCENARIOS / "data" / "china.yaml").read_text(encoding="utf-8"))
        self.assertEqual(self.list["nation"], [r["name"] for r in layout["provinces"]["rows"]])
        self.assertEqual(list(self.list["patterns"]), list(range(1, 28)))


MINE = """targets: 1
nation: [Hills]
reasons: {past: too early}
patterns: {1: the poor are fewer}
figures:
  - {id: headcount, quantity: poor, value: VALUE, unit: percent, period: "2015", scope: Hills, source: a summary,
     provenance: derived, kind: validation, holdout: true, role: held_out, pattern: 1,
     answer: {indicator: headcount_ratio, year: 2015, factor: 100}, tolerance: {pass: 1e-9, near: 1e-6, why: the same run}}
  - {id: later, quantity: poor, value: 1, unit: percent, period: "2030", scope: Hills, source: none,
     provenance: memory, kind: validation, role: open,
     answer: {indicator: headcount_ratio, year: 2030, factor: 100}, tolerance: {pass: 0.5, near: 0.5, why: none}}
  - {id: before, quantity: poor, value: 1, unit: percent, period: "1986", scope: Hills, source: none,
     provenance: memory, kind: validation, role: open, without: past}
  - {id: twice, quantity: taken by the module less taken by months, value: 0, unit: households, period: 2014-2020, scope: Hills,
     source: none, provenance: derived, kind: validation, role: open,
     answer: {sum: [{indicator: taken, group: modules, module: education, years: [2014, 2020], take: sum},
                    {indicator: taken_education, years: [2014, 2020], take: sum, factor: -1}]},
     tolerance: {pass: 1.0e-6, near: 1.0e-6, of: unit, why: one number in two groups}}
  - {id: some, quantity: taken, value: 1, unit: households, period: 2014-2020, scope: Hills, source: none, provenance: derived,
     kind: validation, role: open, tolerance: {pass: 1.0e12, near: 1.0e12, of: unit, why: any},
     answer: {indicator: taken, group: modules, module: education, years: [2014, 2020], take: sum}}
"""


class Classroom(ProgramTest):
    """One small run, and a list whose figure is that run's own."""

    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory(prefix="terrace-cli-")
        cls.addClassCleanup(held.cleanup)
        cls.run_folder = Path(held.name) / "run"
        subprocess.run([PROGRAM, "run", "teach", "--replicates", "2", "-q", "-o", cls.run_folder], check=True,
                       capture_output=True, env=dict(os.environ, TERRACE_SCENARIOS=str(SCENARIOS)))

    def setUp(self):
        super().setUp()
        shutil.copytree(SCENARIOS, self.folder / "scenarios")
        shutil.copytree(self.run_folder, self.folder / "run")
        with open(self.folder / "run" / "summary.csv", encoding="utf-8") as file:
            shares = [float(row["value"]) for row in csv.DictReader(file)
                      if (row["year"], row["region_level"], row["indicator"])
                      == ("2015", "national", "headcount_ratio")]
        self.assertEqual(len(shares), 2)
        self.published = 50 * sum(shares)
        self.ask_for(self.published)

    def environment(self):
        folder = self.folder / "scenarios"
        return dict(os.environ, TERRACE_SCENARIOS=str(folder if folder.exists() else SCENARIOS))

    def ask_for(self, value):
        self.write("scenarios/data/targets.yaml", MINE.replace("VALUE", repr(value)))

    def figures(self, *words, **options):
        found = json.loads(self.call("targets", "run", "--json", *words, **options).stdout)
        return {f["id"]: f for f in found["figures"]}, found

    def test_strict_tells_a_fail_by_its_status(self):
        figures, found = self.figures("--strict")
        self.assertEqual(figures["headcount"]["verdict"], "pass")
        self.assertAlmostEqual(figures["headcount"]["simulated"], self.published, places=9)
        low, high = figures["headcount"]["interval"]
        self.assertLess(low, self.published)
        self.assertLess(self.published, high)
        self.assertEqual(figures["later"]["verdict"], "not in this run")
        self.assertEqual(figures["before"]["why"], "too early")
        self.assertEqual(found["counts"]["held_out"]["pass"], 1)
        self.assertEqual(found["counts"]["patterns"]["pass"], 1)
        self.ask_for(2 * self.published)
        figures, _ = self.figures("--strict", status=1)
        self.assertEqual(figures["headcount"]["verdict"], "fail")
        self.assertAlmostEqual(figures["headcount"]["ratio"], 0.5, places=9)
        self.call("targets", "run")  # without --strict a fail is no error

    def test_strict_is_not_met_by_a_run_that_answers_nothing(self):
        shutil.rmtree(self.folder / "scenarios")  # the shipped list: the classroom is no nation
        said = self.call("targets", "run", "--strict", status=1).stderr
        self.assertIn("answers no figure", said)
        self.call("targets", "run")

    def test_text_names_every_figure(self):
        text = self.call("targets", "run", "-v").stdout
        for words in ("Held out of all fitting", "headcount", "pass", "[95 % interval of the mean of 2 replicates]", "share one sample of counties and villages",
                      "its years are 2012 to 2020: later", "too early: before", "the poor are fewer"):
            self.assertIn(words, text)
        self.assertNotIn("Fitted:", text)

    def test_modules_say_the_same_as_months(self):
        figures, _ = self.figures()
        self.assertGreater(figures["some"]["simulated"], 0)
        self.assertEqual(figures["twice"]["verdict"], "pass")

    def test_modules_stand_beside_their_figures(self):
        self.write("scenarios/data/targets.yaml", MINE.replace("VALUE", "1").replace(
            "{id: some, quantity: taken, value: 1", "{id: some, quantity: taken, module: education, value: 1000"))
        figures, found = self.figures()
        modules = {m["name"]: m for m in found["modules"]}
        self.assertEqual(modules["education"]["figures"], ["some"])
        self.assertEqual(modules["housing"]["figures"], [])
        with open(self.folder / "run" / "summary.csv", encoding="utf-8") as file:
            of_year = [float(row["value"]) for row in csv.DictReader(file)
                       if row["region_level"] == "national" and row["indicator"] == "participants_education"
                       and row["year"] == "2020"]
        self.assertEqual(len(of_year), 2)
        self.assertAlmostEqual(modules["education"]["participants"], sum(of_year) / 2)
        # Taken again and again, but each household is counted once.
        self.assertLess(modules["education"]["households"], figures["some"]["simulated"])
        text = self.call("targets", "run", "--modules").stdout
        ratio = figures["some"]["simulated"] / 1000
        self.assertRegex(text, rf"(?m)^education .* some +1000 .* {ratio:.2f} +open +households$")
        self.assertNotIn("Held out of all fitting", text)
        self.call("targets", "run", "-o", "card")
        with open(self.folder / "card" / "modules.csv", encoding="utf-8") as file:
            rows = {row["module"]: row for row in csv.DictReader(file)}
        self.assertEqual(list(rows), list(modules))
        self.assertAlmostEqual(float(rows["education"]["ratio"]), ratio)
        self.assertEqual(rows["housing"]["id"], "")

    def test_writes_tables(self):
        self.call("targets", "run", "-o", "card")
        names = sorted(p.name for p in (self.folder / "card").iterdir())
        self.assertEqual(names, ["modules.csv", "patterns.csv", "targets.csv", "targets.h5", "targets.json"])
        with open(self.folder / "card" / "targets.csv", encoding="utf-8") as file:
            rows = {row["id"]: row for row in csv.DictReader(file)}
        self.assertEqual(list(rows), ["headcount", "later", "before", "twice", "some"])
        self.assertAlmostEqual(float(rows["headcount"]["simulated"]), self.published, places=9)
        self.assertEqual(rows["headcount"]["covered"], "yes")
        self.assertEqual(rows["before"]["reason"], "too early")
        self.call("targets", "run", "-o", "card", status=64)
        self.call("targets", "run", "-o", "card", "--force")

    def test_says_that_figures_describe_another_world(self):
        # The classroom's own parameters differ from those of the full programme.
        said = self.call("targets", "run").stderr
        self.assertIn("published figures describe the programme as it was", said)
        self.assertIn("specialty_market.supply_elsewhere", said)
        self.assertIn("time.start, population.layout", said)
        self.assertNotIn("policies.", said)
        self.assertNotIn("sample", said)  # it is a whole one
        self.call("run", "teach", "-q", "-o", "small", "--set", "population.sample.villages=0.05")
        self.assertIn("the sample is smaller than the shipped one", self.call("targets", "small").stderr)
        self.call("run", "teach", "-q", "-o", "other", "--set", "policies.relocation.enabled=false")
        self.assertIn("policies.relocation", self.call("targets", "other").stderr)

    def test_refuses_a_bad_list_and_a_folder_without_a_run(self):
        self.write("scenarios/data/targets.yaml", MINE.replace("VALUE", "much").replace("past}", "passt}"))
        said = self.call("targets", "run", status=65).stderr
        self.assertIn("targets.yaml:6:44: figures[headcount].value: must be a number, found 'much'", said)
        self.assertIn("did you mean 'past'?", said)
        self.assertIn("2 mistakes", said)
        self.write("scenarios/data/targets.yaml", MINE.replace("VALUE", "1").replace("headcount_ratio", "headcounts"))
        said = self.call("targets", "run", status=65).stderr
        self.assertIn("targets.yaml: headcount: group monthly has no indicator headcounts", said)
        self.ask_for(1.0)
        self.call("targets", "nowhere", status=74)
        self.call("targets", status=64)


if __name__ == "__main__":
    unittest.main()
