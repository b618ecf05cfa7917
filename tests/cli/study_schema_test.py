"""terrace schema --study: accepts every right study, refuses wrong ones, and names the keys that the README explains."""
import json
import re
import unittest

import jsonschema

from schema_test import read
from study_malformed_test import GOOD, WRONG
from terrace_program import SCENARIOS, ProgramTest

# Mistakes that take more than the study's own text, or more than one value of it, to see; and NaN, which JSON has not.
BEYOND = {
    "no base", "a base that is not there", "a base with a mistake", "a year before the results",
    "a year after the results", "years the wrong way round", "dates that do not fit", "a reserved name",
    "a name with words' ending", "the name of an indicator", "an end out of the table's range",
    "ends the wrong way round", "a logarithm of zero", "levels without a grid", "half a year",
    "two parameters of different units", "a parameter twice", "a multiplier without ends",
    "a multiplier out of its module's range", "a policy that ends before it begins", "a share above one",
    "money below nothing", "a change after the end", "a change that ends before it begins", "scenarios and a base",
    "scenarios of other people", "a scenario twice", "too many points", "too many runs", "a grid without levels",
    "a level outside", "a point without a dimension", "a point with one too many", "a point outside",
    "a table that is not there", "not a number", "half a measure", "a scale of points", "a scale of levels",
    "what varies over the base too",
}
# Mistakes of YAML itself.
OF_YAML = {"a key twice", "an alias"}


class StudySchema(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls("test_it_is_a_schema_itself")
        case.setUp()
        cls.schema = json.loads(case.call("schema", "--study").stdout)
        case.doCleanups()
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def mistakes(self, text):
        return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}"
                for e in self.validator.iter_errors(read(text))]

    def test_it_is_a_schema_itself(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_every_shipped_study_and_the_example(self):
        files = sorted((SCENARIOS / "studies").glob("*.yaml"))
        self.assertGreaterEqual(len(files), 4)
        for file in files:
            self.assertEqual(self.mistakes(file.read_text()), [], file.name)
        chapter = (SCENARIOS / "README.md").read_text().split("## Studies")[1].split("\n## ")[0]
        example = re.search(r"```yaml\n(.*?)```", chapter, re.S)[1]
        self.assertEqual(self.mistakes(example), [])
        # The example is one that the program takes, too.
        self.write("study.yaml", example.replace("../tpa.yaml", str(SCENARIOS / "tpa.yaml")))
        self.call("sweep", "plan", "study.yaml", "-o", "sweep", "-q")

    def test_right_studies(self):
        for text in ("parameter: farm_assets.tau, levels: 3", "policy: policies.industry.enabled",
                     "policy: industry.until, choices: [2018-12, 2020-12]",
                     "policy: industry.ramp, low: 0.5, high: 2, scale: log", "scenarios: [a.yaml, b.yaml]",
                     "series: cash_fund, shift: [0, 1], until: 2016, levels: [0, 1]"):
            lines = {**GOOD, 7: "  b: {" + text + "}"}
            self.assertEqual(self.mistakes("\n".join(lines.values())), [], text)

    def test_wrong_studies(self):
        self.assertLessEqual(BEYOND, set(WRONG))
        refused = 0
        for name, (lines, _) in WRONG.items():
            if name in OF_YAML:
                continue
            mistakes = self.mistakes("\n".join({**GOOD, **lines}.values()))
            with self.subTest(name):
                self.assertEqual(mistakes == [], name in BEYOND, mistakes)
            refused += mistakes != []
        self.assertGreaterEqual(refused, 35)

    def test_readme_and_schema_have_the_same_keys(self):
        chapter = (SCENARIOS / "README.md").read_text().split("## Studies")[1].split("\n## ")[0]
        tables = {t.splitlines()[0].split("|")[1].strip(): t for t in chapter.split("\n\n") if t.startswith("| ")}

        def first_cells(title):
            rows = tables[title].splitlines()[2:]
            return {word for row in rows for word in re.findall(r"`([\w.-]+)`", row.split("|")[1])}

        properties = self.schema["properties"]
        self.assertEqual(first_cells("Key"), {"dimensions.D" if k == "dimensions" else k for k in properties})
        forms = next(iter(properties["dimensions"]["patternProperties"].values()))["anyOf"]
        self.assertEqual(first_cells("Key of a dimension"), {k for f in forms for k in f["properties"]})
        self.assertEqual(first_cells("`design.kind`"),
                         {f["properties"]["kind"]["enum"][0] for f in properties["design"]["anyOf"]})
        studies = {f"studies/{f.stem}" for f in (SCENARIOS / "studies").glob("*.yaml")}
        self.assertEqual({w for row in tables["Study"].splitlines()[2:]
                          for w in re.findall(r"`(studies/[\w-]+)`", row)}, studies)


if __name__ == "__main__":
    unittest.main()
