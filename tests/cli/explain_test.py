"""`terrace explain`: lives in words, from whole small runs."""
import json
import math
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

from terrace_program import PROGRAM, SCENARIOS, ProgramTest

EVERYBODY = ["--set", "output.panel.households=100000"]
TEXT = re.compile(r"^\d+:\d+$")


def run_once(folder, name, *words):
    done = subprocess.run([PROGRAM, "run", "teach", "-o", name, "-q", *words], cwd=folder,
                          env=dict(os.environ, TERRACE_SCENARIOS=str(SCENARIOS)),
                          capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(done.stderr)


class ExplainTest(ProgramTest):
    """All tests read the same three runs: the programme, one without relocation, another seed."""

    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory(prefix="terrace-explain-")
        cls.runs = Path(cls.held.name)
        cls.listed = {}
        run_once(cls.runs, "full", *EVERYBODY)
        run_once(cls.runs, "less", *EVERYBODY, "--set", "policies.allowance.enabled=false",
                 "--set", "name=less")
        run_once(cls.runs, "seed", "--seed", "7", "--set", "output.panel.households=10")
        run_once(cls.runs, "none", "--set", "output.panel.households=0")
        run_once(cls.runs, "few", "--set", "output.panel.columns=[income]")

    @classmethod
    def tearDownClass(cls):
        cls.held.cleanup()

    def explain(self, *words, status=0, columns=None):
        words = [self.runs / w if w in ("full", "less", "seed", "none", "few") else w for w in words]
        self.columns = columns
        return self.call("explain", *words, status=status)

    def environment(self):
        env = super().environment()
        env.pop("COLUMNS", None)
        if getattr(self, "columns", None):
            env["COLUMNS"] = str(self.columns)
        return env

    def life(self, run, household, *words):
        return json.loads(self.explain(run, "--household", household, "--json", *words).stdout)

    def examples(self, run="full"):
        if run not in self.listed:
            self.listed[run] = json.loads(self.explain(run, "--json").stdout)
        return self.listed[run]

    def stored(self, run):
        return h5py.File(self.runs / run / "trajectories.h5")

    # -- without a household

    def test_lists_households_worth_a_look(self):
        listed = self.examples()
        with self.stored("full") as file:
            self.assertEqual(listed["households"], len(file["panel/household"]))
        why = " ".join(example["why"] for example in listed["examples"])
        for word in ("relapsed", "refused", "relocation", "not served", "never listed", "divided"):
            self.assertIn(word, why)
        text = self.explain("full").stdout
        for example in listed["examples"]:
            self.assertRegex(example["id"], TEXT)
            self.assertIn(example["id"], text)

    def test_examples_are_what_they_are_said_to_be(self):
        for example in self.examples()["examples"]:
            kinds = self.kinds(self.life("full", example["id"]))
            if "relapsed" in example["why"]:
                self.assertIn("relapsed", kinds)
            if example["why"].startswith("refused"):
                self.assertIn("refused", kinds)
            if example["why"].startswith("never listed"):
                self.assertNotIn("registered", kinds)

    # -- one life

    @staticmethod
    def events(life):
        return [(month["month"], event) for year in life["years"] for month in year["months"]
                for line in month["lines"] for event in line["events"]]

    @classmethod
    def kinds(cls, life):
        return {event["kind"] for _, event in cls.events(life)}

    def test_tells_every_event_and_every_value_of_the_file(self):
        household = self.examples()["examples"][0]["household"]
        life = self.life("full", household)
        with self.stored("full") as file:
            group = file["events"]
            mine = group["household"][:] == household
            kinds = group["kind"].attrs["flag_meanings"]
            kinds = (kinds.decode() if isinstance(kinds, bytes) else kinds).split()
            told = [event["kind"] for _, event in self.events(life)]
            self.assertGreater(len(told), 5)
            self.assertCountEqual(told, [kinds[k] for k in group["kind"][:][mine]])
            place = list(file["panel/household"][:]).index(household)
            for name, column in life["columns"].items():
                stored = file["panel"][name][0, :, place]
                values = [math.nan if v is None else v for v in column["values"]]
                at = int(life["first_month"][:4]) * 12 + int(life["first_month"][5:]) - 2011 * 12 - 1
                np.testing.assert_array_equal(np.float32(values), stored[at:at + len(values)])

    def test_the_number_and_county_colon_id_are_the_same(self):
        example = self.examples()["examples"][0]
        one = self.explain("full", "--household", example["id"]).stdout
        self.assertEqual(one, self.explain("full", "--household", example["household"]).stdout)
        self.assertTrue(one.startswith(f"Household {example['id']} ({example['household']}"))
        with self.stored("full") as file:
            county = list(file["county/region"][:]).index(int(example["id"].split(":")[0]))
            name = file["county/region_name"].asstr()[county]
        self.assertIn(f"county {name} in Hills", one)

    def test_decembers_income_is_held_against_the_line(self):
        example = self.examples()["examples"][0]
        life = self.life("full", example["id"])
        checked = 0
        for year in life["years"]:
            if not year["standing"].startswith("December"):
                continue
            found = re.search(r"income ([\d,]+) yuan.*?, (?:(\d+) % (below|above)|at) the poverty "
                              r"line of ([\d,]+)", year["standing"])
            self.assertTrue(found, year["standing"])
            income, line = (float(found[i].replace(",", "")) for i in (1, 4))
            # Lines of 2012 (all of the burn-in), 2013 and 2020, as scenarios/data/series.yaml has them.
            due = {2011: 2625, 2012: 2625, 2013: 2736, 2020: 3300}.get(year["year"], line)
            self.assertEqual(line, due)
            if found[2]:
                self.assertAlmostEqual(abs(income / line - 1) * 100, float(found[2]), delta=0.6)
                self.assertEqual(found[3] == "below", income < line)
            checked += 1
        self.assertGreater(checked, 5)

    def test_from_and_to_cut_and_all_fills(self):
        household = self.examples()["examples"][0]["id"]
        life = self.life("full", household, "--from", "2014-03", "--to", "2015-02", "--all")
        months = [month["month"] for year in life["years"] for month in year["months"]]
        self.assertEqual(months, [f"2014-{m:02}" for m in range(3, 13)] + ["2015-01", "2015-02"])
        for year in life["years"]:
            for month in year["months"]:
                self.assertIn("Income of the month", month["lines"][-1]["text"])

    def test_lines_are_as_wide_as_the_terminal_allows(self):
        household = self.examples()["examples"][0]["id"]
        for columns in (50, 100):
            text = self.explain("full", "--household", household, columns=columns).stdout
            self.assertLessEqual(max(map(len, text.splitlines())), columns)
            self.assertGreater(max(map(len, text.splitlines())), columns - 15)

    def test_says_what_the_panel_does_not_keep(self):
        household = self.examples("few")["examples"][0]["id"]
        text = self.explain("few", "--household", household, columns=500).stdout
        self.assertIn("does not keep consumption", text)
        self.assertNotIn(" member;", text)

    def test_a_household_that_split_off_names_its_parents(self):
        with self.stored("full") as file:
            households, lines = file["panel/household"][:], file["panel/line_of"][:]
        branch = int(households[households != lines][0])
        life = self.life("full", branch)
        self.assertIn(life["split_off_from"], households)
        parents = self.life("full", life["split_off_from"])
        founded = [month for month, event in self.events(parents) if event["kind"] == "divided"]
        split = [line for line in life["head"] if line.startswith("It split off")]
        self.assertEqual(len(split), 1)
        year = int(re.search(r"(\d{4})\.$", split[0])[1])
        self.assertIn(year, [int(month[:4]) for month in founded])
        self.assertEqual(int(life["first_month"][:4]), year + 1, "on record from the January after")

    # -- two lives

    def parting_by_hand(self, household):
        """The first month in which any column or the diary differs, straight from the files."""
        with self.stored("full") as one, self.stored("less") as other:
            first = []
            for name in one["panel"]:
                if one["panel"][name].ndim != 3:
                    continue
                values = [f["panel"][name][0, :, list(f["panel/household"][:]).index(household)]
                          for f in (one, other)]
                if values[0].dtype.kind != "f":
                    continue
                differs = ~((values[0] == values[1]) | (np.isnan(values[0]) & np.isnan(values[1])))
                first += list(np.flatnonzero(differs)[:1])
            times = one["panel/time"][:]
            diaries = []
            for file in (one, other):
                group, mine = file["events"], file["events/household"][:] == household
                diaries.append(list(zip(*(group[v][:][mine] for v in
                                          ("time", "kind", "module", "reason", "person", "amount")))))
            for a, b in zip(*diaries):
                if a != b:
                    first.append(int(np.searchsorted(times, min(a[0], b[0]))))
                    break
        return min(first) if first else None

    def test_two_lives_part_where_the_files_do(self):
        checked = set()
        for example in self.examples()["examples"][:9:2]:
            household = example["household"]
            both = json.loads(self.explain("full", "less", "--household", household, "--json").stdout)
            self.assertEqual([life["scenario"] for life in both["lives"]], ["teach", "less"])
            at = self.parting_by_hand(household)
            if at is None:
                self.assertIsNone(both["parting"]["month"])
                self.assertIn("the same in all months", both["parting"]["words"])
            else:
                self.assertEqual(both["parting"]["month"], f"{2011 + at // 12}-{at % 12 + 1:02}")
            checked.add(at)
        self.assertGreater(len(checked - {None}), 0)

    def test_two_lives_stand_beside_each_other(self):
        household = self.examples()["examples"][0]["id"]
        wide = self.explain("full", "less", "--household", household, columns=120).stdout
        self.assertIn(" | ", wide)
        self.assertIn("The two lives are the same until ", wide)
        self.assertLessEqual(max(map(len, wide.splitlines())), 120)
        narrow = self.explain("full", "less", "--household", household, columns=60).stdout
        self.assertNotIn(" | ", narrow)
        self.assertEqual(narrow.count(f"Household {household}"), 2)

    def test_a_run_beside_itself_is_the_same(self):
        household = self.examples()["examples"][0]["id"]
        text = self.explain("full", "full", "--household", household).stdout
        self.assertIn("The two lives are the same in all months", text)
        self.assertNotIn(" | ", text[text.index("The two lives"):])

    # -- refusals

    def test_refuses_what_it_cannot_tell(self):
        for words, status, message in [
                (["full", "--household", "1:1"], 64, r"'1:1' is not in the panel.*households, such as"),
                (["full", "--household", "abc"], 64, "is no household: give county:id"),
                (["full", "less"], 64, "two runs need --household"),
                (["full", "--household", "0:4096", "--from", "2014-13"], 64, "no month such as"),
                (["full", "--from", "2018-01", "--to", "2017-01"], 64, "--from lies after --to"),
                (["full", "--household", self.examples()["examples"][0]["id"], "--from", "2030-01"], 64,
                 "the run has months from [0-9-]+ to 2020-12 only"),
                (["full", "--replicate", "1"], 64, "has no replicate 1; its only one is 0"),
                (["none"], 65, "has no panel of households"),
                (["full", "seed", "--household", self.examples()["examples"][0]["id"]], 65,
                 "not about the same people:\n  run.seed: 20131103 and 7"),
                (["nowhere"], 74, "nowhere"),
        ]:
            done = self.explain(*words, status=status)
            self.assertRegex(done.stderr, re.compile(message, re.S))
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
