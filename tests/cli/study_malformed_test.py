"""Studies with mistakes: status 65, each named with its file, line, column and key, all of them at once, and nothing
is planned."""
import unittest

from terrace_program import SCENARIOS, ProgramTest

GOOD = {
    1: "study: 1",
    2: "name: good",
    3: "base: base.yaml",
    4: "over: {time: {start: 2012-01, end: 2016-12}}",
    5: "dimensions:",
    6: "  trap: {parameter: farm_assets.tau}",
    7: "  budget: {series: fund_central, factor: [0.5, 2]}",
    8: "design: {kind: sobol, n: 4}",
    9: "replicates: 2",
    10: "seed: 7",
    11: "indicators: [headcount_ratio]",
    12: "years: [2013, 2015]",
    13: "regions: nation",
}
GRID = {8: "design: {kind: grid}"}
ONE = {7: ""}  # without the second dimension


def trap(text):
    return {6: "  trap: {" + text + "}"}


def budget(text):
    return {7: "  budget: {" + text + "}"}


# Lines in the place of those above, and what must be said, in this order and nothing else.
WRONG = {
    # The study itself.
    "no version": ({1: ""}, ["2:1: 'study' is missing"]),
    "another version": ({1: "study: 2"}, ["1:8: study: 2 is out of range; accepted: 1 to 1"]),
    "an unknown key": ({9: "replicate: 2"}, ["9:1: replicate: unknown key; did you mean 'replicates'?"]),
    "a key twice": ({10: "replicates: 3"}, ["10:1: replicates: duplicate key; it stands in this map already"]),
    "a name that is no folder's": (
        {2: "name: a/b"}, ["2:7: name: cannot be part of a folder's name; use at most 80 letters, digits, '-', '_' "
                           "and '.'"]),
    "a title that is a number": ({2: "title: 3"}, ["2:8: title: must be a text, found '3'; put it in quotes"]),
    "an alias": ({9: "replicates: &a 2", 10: "seed: *a"},
                 ["9:13: replicates: an anchor; remove it; aliases are not read either",
                  "10:7: seed: an alias; write the value out"]),
    "no base": ({3: ""}, ["1:1: 'base' is missing; name the scenario that is varied"]),
    "a base that is not there": ({3: "base: nobody.yaml"}, ["3:7: base: 'nobody.yaml' does not exist"]),
    "a base with a mistake": (
        {3: "base: wrong.yaml"}, ["wrong.yaml:2:1: runs: unknown key; did you mean 'run'?"]),
    "no dimensions": ({5: "", 6: "", 7: ""}, ["1:1: 'dimensions' is missing"]),
    "nothing to vary": ({5: "dimensions: {}", 6: "", 7: ""},
                        ["5:13: dimensions: a study varies at least one thing"]),
    "a list of dimensions": ({5: "dimensions: [a]", 6: "", 7: ""},
                             ["5:13: dimensions: must be a map of keys and values, found a list"]),
    "replicates of zero": ({9: "replicates: 0"}, ["9:13: replicates: 0 is out of range; accepted: 1 to 10000"]),
    "a negative seed": ({10: "seed: -1"},
                        ["10:7: seed: -1 is out of range; accepted: 0 to 18446744073709551615"]),
    "an unknown indicator": (
        {11: "indicators: [headcount_ration]"},
        ["11:14: indicators[0]: unknown indicator 'headcount_ration'; did you mean 'headcount_ratio'?"]),
    "an indicator twice": ({11: "indicators: [gini, gini]"},
                           ["11:20: indicators[1]: 'gini' stands in the list already"]),
    "no indicators": ({11: "indicators: []"}, ["11:13: indicators: an empty list; name at least one"]),
    "a year before the results": ({12: "years: [2011, 2015]"},
                                  ["12:9: years[0]: 2011 is out of range; accepted: 2012 to 2016"]),
    "a year after the results": ({12: "years: [2013, 2017]"},
                                 ["12:15: years[1]: 2017 is out of range; accepted: 2012 to 2016"]),
    "years the wrong way round": ({12: "years: [2015, 2013]"},
                                  ["12:8: years: the last year comes before the first"]),
    "three years": ({12: "years: [2013, 2014, 2015]"},
                    ["12:8: years: must be the first and the last year; write [2012, 2016]"]),
    "unknown regions": ({13: "regions: counties"},
                        ["13:10: regions: must be one of nation, provinces, found 'counties'"]),
    # What lies over the scenarios.
    "a mistake in what lies over": (
        {4: "over: {time: {ende: 2016-12}}"}, ["4:15: over.time.ende: unknown key; did you mean 'end'?"]),
    "dates that do not fit": ({4: "over: {time: {end: 2012-12}}"},
                              ["4:20: time.end: the run ends before the programme begins (2012 against 2013)"]),
    "run in what lies over": (
        {4: "over: {run: {seed: 1}}"},
        ["4:8: over.run: cannot be given to the runs of a study; use the study's keys `seed` and `replicates`"]),
    "a name in what lies over": (
        {4: "over: {name: x}"},
        ["4:8: over.name: cannot be given to the runs of a study; the study has a `name` of its own"]),
    "extends in what lies over": (
        {4: "over: {extends: teach.yaml}"},
        ["4:8: over.extends: cannot be given to the runs of a study; use the study's key `base`"]),
    "indicators in what lies over": (
        {4: "over: {output: {indicators: [gini]}}"},
        ["4:17: over.output.indicators: cannot be given to the runs of a study; use the study's key `indicators`"]),
    # Names of dimensions.
    "a name that is no identifier": (
        {6: "  trap-1: {parameter: farm_assets.tau}"},
        ["6:3: dimensions.trap-1: cannot be a name of a dimension; use a letter, then letters, digits and '_', at "
         "most 60"]),
    "a reserved name": (
        {6: "  replicate: {parameter: farm_assets.tau}"},
        ["6:3: dimensions.replicate: is a name that plans and results use themselves; call the dimension something "
         "else"]),
    "a name with words' ending": (
        {6: "  trap_name: {parameter: farm_assets.tau}"},
        ["6:3: dimensions.trap_name: is a name that plans and results use themselves; call the dimension something "
         "else"]),
    "the name of an indicator": (
        {6: "  headcount_ratio: {parameter: farm_assets.tau}"},
        ["6:3: dimensions.headcount_ratio: is the name of an indicator that the study keeps; call the dimension "
         "something else"]),
    "a dimension of nothing": (
        trap("low: 0"), ["6:9: dimensions.trap: says not what it varies; give one of parameter, policy, series, "
                         "scenarios"]),
    "a dimension of two things": (
        trap("parameter: farm_assets.tau, series: fund_central"),
        ["6:9: dimensions.trap: varies more than one thing; give one of parameter, policy, series, scenarios"]),
    # Parameters.
    "an unknown parameter": (
        trap("parameter: farm_assets.tav"),
        ["6:21: dimensions.trap.parameter: unknown parameter 'farm_assets.tav'; did you mean 'farm_assets.tau'?"]),
    "a module's parameter without its head": (
        trap("parameter: relocation.consent"),
        ["6:21: dimensions.trap.parameter: unknown parameter 'relocation.consent'; did you mean "
         "'policies.relocation.consent'?"]),
    "an end out of the table's range": (
        trap("parameter: farm_assets.tau, high: 1.5"),
        ["6:44: dimensions.trap.high: 1.5 is out of range; accepted: from 0 to 1"]),
    "not a number": (
        trap("parameter: farm_assets.tau, low: .nan"),
        ["6:43: dimensions.trap.low: must be a number, found '.nan'; infinity and not-a-number are not accepted"]),
    "a number in quotes": (
        trap("parameter: farm_assets.tau, low: '0.5'"),
        ["6:43: dimensions.trap.low: must be a number, found the text '0.5'; remove the quotes"]),
    "ends the wrong way round": (
        trap("parameter: farm_assets.tau, low: 0.6, high: 0.4"),
        ["6:9: dimensions.trap: the lower end (0.6) is not below the upper (0.4)"]),
    "a logarithm of zero": (
        trap("parameter: farm_assets.tau, scale: log"),
        ["6:45: dimensions.trap.scale: a logarithmic scale needs a lower end above 0"]),
    "an unknown scale": (
        trap("parameter: farm_assets.tau, scale: lin"),
        ["6:45: dimensions.trap.scale: must be one of linear, log, found 'lin'"]),
    "levels without a grid": (
        trap("parameter: farm_assets.tau, levels: 3"),
        ["6:46: dimensions.trap.levels: belongs to a grid; remove it, or write kind: grid"]),
    "half a year": (
        trap("parameter: evaluation.first_year, low: 2015.5"),
        ["6:49: dimensions.trap.low: must be a whole number"]),
    "half a measure": (
        trap("parameter: diagnosis.plan_max, low: 2.5, high: 4"),
        ["6:46: dimensions.trap.low: must be a whole number"]),
    "a scale of points": (
        {**trap("parameter: farm_assets.tau, scale: log"), **ONE,
         8: "design: {kind: list, points: [{trap: 0.5}, {trap: 0.6}]}"},
        ["6:45: dimensions.trap.scale: does nothing where points are listed; remove it"]),
    "a scale of levels": (
        {**trap("parameter: farm_assets.tau, levels: [0.5, 0.6], scale: log"), **ONE, **GRID},
        ["6:65: dimensions.trap.scale: does nothing where levels are listed; remove it"]),
    "what varies over the base too": (
        {4: "over: {time: {start: 2012-01, end: 2016-12}, parameters: {farm_assets: {tau: 0.9}}}"},
        ["4:78: over.parameters.farm_assets.tau: 'trap' varies this, so what stands here is never read; "
         "remove it, or the dimension"]),
    "two parameters of different units": (
        trap("parameter: [farm_assets.tau, farm_assets.F_fixed]"),
        ["6:39: dimensions.trap.parameter[1]: 'farm_assets.F_fixed' is in yuan(2012)/yr, the first in 1; parameters "
         "that take one value need one unit"]),
    "a parameter twice": (
        {6: "  trap: {parameter: farm_assets.tau}", 7: "  more: {parameter: parameters.farm_assets.tau}"},
        ["7:21: dimensions.more: farm_assets.tau is varied by 'trap' already"]),
    # Policies.
    "an unknown policy": (
        trap("policy: relocaton.enabled"),
        ["6:18: dimensions.trap.policy: unknown policy 'relocaton'; did you mean 'relocation'?"]),
    "a policy without a key": (
        trap("policy: relocation"),
        ["6:18: dimensions.trap.policy: 'relocation' names no key of a policy; write it as relocation.enabled"]),
    "an unknown key of a policy": (
        trap("policy: relocation.capacty, low: 0, high: 1"),
        ["6:18: dimensions.trap.policy: unknown key 'capacty' of the policy relocation; did you mean 'capacity'?"]),
    "a parameter as a policy": (
        trap("policy: relocation.consent"),
        ["6:18: dimensions.trap.policy: 'relocation.consent' is a parameter; write parameter: "
         "policies.relocation.consent"]),
    "a multiplier without ends": (
        trap("policy: industry.capacity, low: 0.5"),
        ["6:9: dimensions.trap: 'high' is missing; accepted: from 0 to 100"]),
    "a multiplier out of its module's range": (
        trap("policy: education.capacity, low: 0, high: 2"),
        ["6:52: dimensions.trap.high: 2 is out of range; accepted: from 0 to 1"]),
    "a multiplier of nothing": (
        trap("policy: education.ramp, low: 0.5, high: 2"),
        ["6:18: dimensions.trap.policy: 'education.ramp' has nothing to multiply, so it cannot vary"]),
    "yes for a switch": (
        trap("policy: relocation.enabled, choices: [yes, false]"),
        ["6:48: dimensions.trap.choices[0]: must be true or false, found 'yes'; write true"]),
    "a switch with one position": (
        trap("policy: relocation.enabled, choices: [true]"),
        ["6:47: dimensions.trap.choices: a switch has two positions; write [true, false]"]),
    "a month of another year than there is": (
        trap("policy: relocation.from, choices: [2015-01, 2015-13]"),
        ["6:54: dimensions.trap.choices[1]: 2015-13 is out of range; accepted: 2000-01 to 2100-12"]),
    "a policy that ends before it begins": (
        trap("policy: relocation.until, choices: [2013-12, 2016-12]"),
        ["6:45: dimensions.trap.choices: some points would end the policy before it begins"]),
    # Series.
    "an unknown series": (
        budget("series: fund_centre, factor: [0.5, 2]"),
        ["7:20: dimensions.budget.series: unknown series 'fund_centre'; did you mean 'fund_central'?"]),
    "a series without a change": (
        budget("series: fund_central"),
        ["7:11: dimensions.budget: says not how the series changes; give factor: [low, high] or shift: [low, high]"]),
    "a factor and a shift": (
        budget("series: fund_central, factor: [0.5, 2], shift: [0, 1]"),
        ["7:11: dimensions.budget: both a factor and a shift; give factor: [low, high] or shift: [low, high]"]),
    "a factor of one number": (
        budget("series: fund_central, factor: 2"),
        ["7:42: dimensions.budget.factor: must be a list, found '2'; write [2]"]),
    "a negative factor": (
        budget("series: fund_central, factor: [-1, 2]"),
        ["7:43: dimensions.budget.factor[0]: -1 is out of range; accepted: from 0 to 1000000"]),
    "a share above one": (
        budget("series: irregular_share, factor: [1, 4]"),
        ["7:45: dimensions.budget.factor: a factor of 4 makes irregular_share of 2013 1.032, which is out of range; "
         "accepted: from 0 to 0.85"]),
    "money below nothing": (
        budget("series: fund_central, shift: [-50, 50], from: 2014"),
        ["7:41: dimensions.budget.shift: a shift of -50 makes fund_central of 2014 -6.7, which is out of range; "
         "accepted: from 0 to 10000"]),
    "a change after the end": (
        budget("series: fund_central, factor: [0.5, 2], from: 2017"),
        ["7:58: dimensions.budget.from: 2017 is no year in which the runs read a series; accepted: 2012 to 2016"]),
    "a change that ends before it begins": (
        budget("series: fund_central, factor: [0.5, 2], from: 2015, until: 2014"),
        ["7:71: dimensions.budget.until: the change ends (2014) before it begins (2015)"]),
    # Scenarios.
    "one scenario": (
        {3: "", **budget("scenarios: [base.yaml]")},
        ["7:23: dimensions.budget.scenarios: must name 2 to 100 scenarios"]),
    "scenarios and a base": (
        budget("scenarios: [base.yaml, other.yaml]"),
        ["3:7: base: the dimension 'budget' names the scenarios already; remove `base`, or add it to that list"]),
    "scenarios of other people": (
        {3: "", **budget("scenarios: [base.yaml, people.yaml]")},
        ["7:35: dimensions.budget.scenarios[1]: does not go with the first scenario: population.sample.villages is 0.5 "
         "there and 1 here; what all runs share can be given in `over`"]),
    "a scenario twice": (
        {3: "", **budget("scenarios: [base.yaml, base.yaml]")},
        ["7:35: dimensions.budget.scenarios[1]: a scenario named 'base' stands in the list already"]),
    # Designs.
    "no design": ({8: ""}, ["1:1: 'design' is missing"]),
    "a design without a kind": ({8: "design: {n: 4}"}, ["8:9: design: 'kind' is missing"]),
    "an unknown design": (
        {8: "design: {kind: latin_hypercube, n: 4}"},
        ["8:16: design.kind: must be one of grid, list, latin-hypercube, sobol, saltelli, morris, found "
         "'latin_hypercube'; did you mean 'latin-hypercube'?"]),
    "no size": ({8: "design: {kind: saltelli}"}, ["8:9: design: 'n' is missing"]),
    "a size of none": ({8: "design: {kind: sobol, n: 0}"},
                       ["8:26: design.n: 0 is out of range; accepted: 1 to 1000000"]),
    "too many points": ({8: "design: {kind: saltelli, n: 300000}"},
                        ["8:9: design: makes 1200000 points, more than 1000000"]),
    "too many runs": ({8: "design: {kind: sobol, n: 1000000}", 9: "replicates: 11"},
                      ["8:9: design: makes 11000000 runs, more than 10000000"]),
    "levels of Sobol": ({8: "design: {kind: sobol, n: 4, levels: 4}"},
                        ["8:37: design.levels: is no key of the design sobol"]),
    "odd levels": ({8: "design: {kind: morris, n: 4, levels: 5}"}, ["8:38: design.levels: must be even"]),
    "a grid without levels": (
        {**GRID, **ONE}, ["6:9: dimensions.trap: 'levels' is missing; a grid needs a list of them, or how many"]),
    "a level outside": (
        {**GRID, **ONE, **trap("parameter: farm_assets.tau, low: 0.2, levels: [0.1, 0.5]")},
        ["6:57: dimensions.trap.levels[0]: 0.1 is out of range; accepted: from 0.2 to 1"]),
    "a level twice": (
        {**GRID, **ONE, **trap("parameter: farm_assets.tau, levels: [0.5, 0.5]")},
        ["6:52: dimensions.trap.levels[1]: 0.5 stands in the list already"]),
    "a list without points": ({8: "design: {kind: list}"},
                              ["8:9: design: a list without points; give one of points, csv"]),
    "a point without a dimension": (
        {8: "design: {kind: list, points: [{trap: 0.5}]}"}, ["8:31: design.points[0]: 'budget' is missing"]),
    "a point with one too many": (
        {8: "design: {kind: list, points: [{trap: 0.5, budget: 1, budge: 1}]}"},
        ["8:54: design.points[0].budge: unknown dimension; did you mean 'budget'?"]),
    "a point outside": (
        {8: "design: {kind: list, points: [{trap: 0.5, budget: 3}]}"},
        ["8:51: design.points[0].budget: 3 is out of range; accepted: from 0.5 to 2"]),
    "a table that is not there": (
        {8: "design: {kind: list, csv: nobody.csv}"}, ["8:27: design.csv: 'nobody.csv' does not exist"]),
}

# Tables of points: what they hold, and what must be said.
TABLES = {
    "empty": ("", ["points.csv: is empty; the first line names the columns"]),
    "no rows": ("trap,budget\n", ["points.csv:1: no points below the header"]),
    "a column too few": ("trap\n0.5\n", ["points.csv:1: budget: the column of this dimension is missing"]),
    "an unknown column": ("trap,budget,budge\n0.5,1,1\n",
                          ["points.csv:1: budge: is no dimension of the study; did you mean 'budget'?"]),
    "a column twice": ("trap,budget,trap\n0.5,1,1\n", ["points.csv:1: trap: a column of this name stands before"]),
    "a bad number": ("trap,budget\n0.5,1\n0.x,1\n", ["points.csv:3: trap: must be a number, found '0.x'"]),
    "a cell out of range": ("trap,budget\n0.5,9\n2,1\n",
                            ["points.csv:2: budget: 9 is out of range; accepted: from 0.5 to 2",
                             "points.csv:3: trap: 2 is out of range; accepted: from 0 to 1"]),
    "an empty cell": ("trap,budget\n,1\n", ["points.csv:2: trap: must be a number, found ''"]),
    "a cell too few": ("trap,budget\n0.5\n", ["points.csv:2: has 1 cells; the header has 2"]),
    "semicolons": ("trap;budget\n0.5;1\n", ["points.csv:1: cells are separated by semicolons; separate them by commas"]),
    "an open quote": ('trap,budget\n"0.5,1\n',
                      ["points.csv:2: quotes that do not close on this line; double quotes inside a cell; line breaks "
                       "inside cells are not read"]),
    "a control character": ("trap,budget\n0.5\x1b,1\n", ["points.csv:2: a control character (byte 27)"]),
}


class StudyMalformed(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("base.yaml", f"terrace: 1\nextends: {SCENARIOS}/teach.yaml\n")
        self.write("other.yaml", "terrace: 1\nextends: base.yaml\n")
        self.write("people.yaml", "terrace: 1\nextends: base.yaml\npopulation: {sample: {villages: 0.5}}\n")
        self.write("wrong.yaml", "terrace: 1\nruns: {}\nextends: base.yaml\n")

    def said(self, lines, *options):
        self.write("study.yaml", "".join(text + "\n" for text in {**GOOD, **lines}.values()))
        said = self.call("sweep", "plan", "study.yaml", "-o", "sweep", *options, status=65).stderr.splitlines()
        self.assertFalse((self.folder / "sweep").exists())
        mistakes = len(said) - 1
        self.assertEqual(said[-1], f"terrace: {mistakes} mistake{'s' if mistakes != 1 else ''} in study.yaml")
        return said[:-1]

    def test_the_good_one_is_good(self):
        self.write("study.yaml", "".join(text + "\n" for text in GOOD.values()))
        self.call("sweep", "plan", "study.yaml", "-o", "sweep", "-q")
        self.assertTrue((self.folder / "sweep" / "plan.json").exists())

    def test_each_is_refused_where_it_stands(self):
        self.assertGreaterEqual(len(WRONG), 40)
        for name, (lines, due) in WRONG.items():
            with self.subTest(name):
                said = self.said(lines)
                due = [d if d.startswith("wrong.yaml") else "study.yaml:" + d for d in due]
                self.assertEqual(said, due)

    def test_tables_of_points(self):
        for name, (table, due) in TABLES.items():
            with self.subTest(name):
                self.write("points.csv", table)
                said = self.said({8: "design: {kind: list, csv: points.csv}"})
                self.assertEqual(said, due)

    def test_what_eats_memory_in_other_readers(self):
        for text, due in (("[" * 100_000, ":1:17: more than 32 levels deep"),
                          ("study: 1\ntitle: " + "x" * 990_000 + "\n", ":2:8: title: is longer than 2000 bytes"),
                          ("# " + "x" * 1_000_000 + "\n", ": is larger than 1 MB"),
                          ("study: 1\n---\nstudy: 1\n", ":2:1: a second YAML document"), ("", ":1:1: the file is empty"),
                          ("study: 1\ndimensions: {" + ", ".join(f"d{i}: {{}}" for i in range(101)) + "}\n",
                           ":2:13: dimensions: more than 100 dimensions")):
            self.write("wide.yaml", text)
            self.assertIn("wide.yaml" + due, self.call("sweep", "plan", "wide.yaml", "-o", "sweep", status=65).stderr)
            self.assertFalse((self.folder / "sweep").exists())

    def test_settings(self):
        lines = {}
        for setting, due in {
            "title=x": "title: cannot be given to the runs of a study; the study has a `title` of its own",
            "output.indicators=[gini]": "output.indicators: cannot be given to the runs of a study; use the study's "
                                        "key `indicators`",
            "run={first_replicate: 3}": "run.first_replicate: cannot be given to the runs of a study; replicates are "
                                        "numbered from 0",
            "run.replicates=0": "run.replicates: 0 is out of range; accepted: 1 to 10000",
            "dimensions.trap.low=0.1": "dimensions: unknown key; known here: terrace, name, title, extends, time, "
                                       "population, registry, policies, parameters, series, output, run",
        }.items():
            with self.subTest(setting):
                self.assertEqual(self.said(lines, "--set", setting), [f"--set {setting}: {due}"])

    def test_all_mistakes_of_all_files_at_once(self):
        self.write("arm.yaml", "terrace: 1\nextends: base.yaml\nregistry: {enabled: 1}\n")
        said = self.said({3: "", 4: "over: {time: {ende: 2016-12}}", 6: "  trap: {parameter: farm_assets.tav}",
                          7: "  arm: {scenarios: [arm.yaml, wrong.yaml]}", 12: "year: 2013"},
                         "--set", "run.seed=x")
        self.assertEqual(said, [  # what stands in both arms is said once
            "study.yaml:4:15: over.time.ende: unknown key; did you mean 'end'?",
            "study.yaml:6:21: dimensions.trap.parameter: unknown parameter 'farm_assets.tav'; did you mean "
            "'farm_assets.tau'?",
            "study.yaml:12:1: year: unknown key; did you mean 'years'?",
            "arm.yaml:3:21: registry.enabled: must be true or false, found '1'",
            "--set run.seed=x: run.seed: must be a whole number, found 'x'",
            "wrong.yaml:2:1: runs: unknown key; did you mean 'run'?",
        ])


if __name__ == "__main__":
    unittest.main()
