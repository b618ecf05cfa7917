"""terrace schema: accepts every right scenario, refuses wrong ones, and names the keys that the
README explains and the resolved scenario holds."""
import json
import re
import unittest

import jsonschema
import yaml

from terrace_program import SCENARIOS, ProgramTest


class Loader(yaml.SafeLoader):
    """YAML 1.2 as the scenario reader has it: 1e-06 is a number, yes is a text."""


Loader.yaml_implicit_resolvers = {
    first: [r for r in resolvers if r[0] not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:float",
                             re.compile(r"^-?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+$"), list("-0123456789"))


def with_text_keys(value):
    """JSON has no other keys."""
    if isinstance(value, dict):
        return {str(k): with_text_keys(v) for k, v in value.items()}
    if isinstance(value, list):
        return [with_text_keys(v) for v in value]
    return value


def read(text):
    return with_text_keys(yaml.load(text, Loader))


def keys_of_schema(schema, path=""):
    """The leaves, as the README writes them: M a module, B a block, P a parameter, S a series."""
    for key, value in schema["properties"].items():
        at = f"{path}.{key}" if path else key
        if path == "series":
            yield "series.S"
        elif re.fullmatch(r"parameters\.\w+", path):
            yield "parameters.B.P"
        elif re.fullmatch(r"policies\.\w+", path):
            common = ("enabled", "from", "until", "capacity", "effect", "cost", "ramp")
            yield f"policies.M.{key}" if key in common else "policies.M.P"
        elif "properties" in value:
            yield from keys_of_schema(value, at)
        else:
            yield at


def leaf(schema, key):
    for part in key.split("."):
        schema = schema["properties"][part]
    return schema


class Schema(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls("test_it_is_a_schema_itself")
        case.setUp()
        cls.schema_ = json.loads(case.call("schema").stdout)
        case.doCleanups()
        cls.validator = jsonschema.Draft202012Validator(cls.schema_)

    def schema(self):
        return self.schema_

    def mistakes(self, text):
        return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}"
                for e in self.validator.iter_errors(read(text))]

    def test_it_is_a_schema_itself(self):
        jsonschema.Draft202012Validator.check_schema(self.schema())
        self.assertEqual(self.schema()["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_every_shipped_scenario(self):
        for file in sorted(SCENARIOS.glob("*.yaml")):
            self.assertEqual(self.mistakes(file.read_text()), [], file.name)

    def test_resolved_scenarios(self):
        for name in ("tpa", "none", "danyang", "teach", "survey", "half-effects", "transition-taper",
                     "flood-register"):
            self.assertEqual(self.mistakes(self.call("check", "--pilot", 0, name).stdout), [], name)
        sets = ["--set", "output.checkpoints.keep=[2013, 2016]", "--set", "population.provinces=[Gansu]",
                "--set", "run.seed=18446744073709551615", "--set", "output.indicators=[gini]"]
        self.assertEqual(self.mistakes(self.call("check", "--pilot", 0, "mini", *sets).stdout), [])

    def test_shipped_layouts(self):
        layout = jsonschema.Draft202012Validator(
            {"$ref": "#/$defs/layout", "$defs": self.schema()["$defs"]})
        for file in ("china", "teach", "danyang"):
            values = read((SCENARIOS / "data" / f"{file}.yaml").read_text())
            self.assertEqual([e.message[:200] for e in layout.iter_errors(values)], [], file)

    # What the schema must refuse; `terrace check` must refuse it too.
    WRONG = [
        "terrace: 2", "name: x", "terrace: 1\nnam: x", "terrace: 1\nname: a b", "terrace: 1\ntitle: 3",
        "terrace: 1\npolicies: {relocaton: {enabled: true}}",
        "terrace: 1\npolicies: {relocation: {enabled: yes}}",
        "terrace: 1\npolicies: {relocation: {consent: 7}}",
        "terrace: 1\npolicies: {relocation: {consent: '0.5'}}",
        "terrace: 1\npolicies: {education: {capacity: 2}}",
        "terrace: 1\npolicies: {education: {ramp: 2}}",
        "terrace: 1\npolicies: {relocation: {ramp_months: 12}}",
        "terrace: 1\npolicies: {industry: {from: 2013}}", "terrace: 1\npolicies: [industry]",
        "terrace: 1\nparameters: {farm_assets: {tau: 1.5}}",
        "terrace: 1\nparameters: {farm_assets: {tav: 1}}", "terrace: 1\nparameters: {farm: {tau: 1}}",
        "terrace: 1\nparameters: {evaluation: {first_year: 2016.5}}",
        "terrace: 1\ntime: {start: 2008-02}", "terrace: 1\ntime: {end: 2020-11}",
        "terrace: 1\ntime: {start: 1999-01}", "terrace: 1\ntime: {start: 2008-01-01}",
        "terrace: 1\npopulation: {sample: {counties: 0}}", "terrace: 1\npopulation: {sample: {villages: 1.1}}",
        "terrace: 1\npopulation: {counties: some}", "terrace: 1\npopulation: {provinces: []}",
        "terrace: 1\npopulation: {source: people.txt}", "terrace: 1\npopulation: {layout: {name: x}}",
        "terrace: 1\nseries: {migrant_wage: {unit: yuan/year, prices: nominal, source: s, values: {2012: 2000}}}",
        "terrace: 1\nseries: {migrant_wage: {unit: yuan/month, prices: nominal, values: {2012: 2000}}}",
        "terrace: 1\nseries: {migrant_wage: {unit: yuan/month, prices: nominal, source: s, values: {12: 2000}}}",
        "terrace: 1\nseries: {migrant_wage: {unit: yuan/month, prices: nominal, source: s, values: {2012: -1}}}",
        "terrace: 1\nseries: {migrant_wages: {}}",
        "terrace: 1\noutput: {indicators: [ginni]}", "terrace: 1\noutput: {indicators: [gini, gini]}",
        "terrace: 1\noutput: {panel: {households: -1}}", "terrace: 1\noutput: {panel: {columns: [nothing]}}",
        "terrace: 1\noutput: {checkpoints: {every: 1.5}}", "terrace: 1\noutput: {checkpoints: {keep: [13]}}",
        "terrace: 1\noutput: {checkpoints: {keep: [2013, 2013]}}",
        "terrace: 1\nrun: {replicates: 0}", "terrace: 1\nrun: {seed: -1}",
        "terrace: 1\nrun: {seed: 18446744073709551616}", "terrace: 1\nrun:", "[]",
    ]

    def test_wrong_scenarios_are_refused_by_schema_and_reader(self):
        for text in self.WRONG:
            with self.subTest(text):
                self.assertNotEqual(self.mistakes(text), [])
                self.call("check", "-q", self.write("wrong.yaml", text + "\n"), status=65)

    def test_readme_and_schema_have_the_same_keys(self):
        readme = (SCENARIOS / "README.md").read_text()
        table = readme.split("## Keys")[1].split("\n## ")[0].split("\n\n")
        rows = [line.split(" | ") for block in table for line in block.splitlines()
                if re.match(r"\| `[a-z]+[a-zA-Z_.]*` \|", line)]
        documented = [row[0].strip("| `") for row in rows if "." in row[0] or row[0].strip("| `") in
                      ("terrace", "name", "title", "extends")]
        self.assertEqual(len(documented), len(set(documented)))
        self.assertEqual(sorted(documented), sorted(set(keys_of_schema(self.schema()))))
        # Where the table gives a default, it is the schema's.
        compared = 0
        for row in rows:
            key = row[0].strip("| `")
            default = re.fullmatch(r"`([^`]+)`(: all)?", row[2]) if key in documented else None
            if key == "series.S" or not default:
                continue
            of_module = re.fullmatch(r"policies\.M\.(\w+)", key)
            schema = leaf(self.schema(), f"policies.industry.{of_module[1]}" if of_module else key)
            self.assertEqual(read(default[1]), schema["default"], key)
            compared += 1
        self.assertGreaterEqual(compared, 20)

    def test_readme_names_every_module_section_and_scenario(self):
        readme = (SCENARIOS / "README.md").read_text()
        for module in self.schema()["properties"]["policies"]["properties"]:
            self.assertIn(f"`{module}`", readme)
        sections = readme.split("| Section | Holds |")[1].split("\n\n")[0]
        named = set(re.findall(r"^\| `(\w+)`", sections, re.M))
        known = set(self.schema()["$defs"]["layout"]["properties"]) - {"layout", "name", "note", "extends"}
        self.assertEqual(named, known)
        shipped = readme.split("## What is shipped")[1].split("\nAll of them")[0]
        questions = [line.split("|")[1] for line in shipped.splitlines() if line.startswith("| `")]
        self.assertEqual(sorted(re.findall(r"`([\w-]+)`", " ".join(re.sub(r"\(.*?\)", "", q) for q in questions))),
                         sorted(file.stem for file in SCENARIOS.glob("*.yaml")))

    def test_resolved_scenario_and_schema_have_the_same_keys(self):
        def keys(value, schema, path=""):
            for key, inner in value.items():
                at = f"{path}.{key}" if path else key
                if path == "series" or at == "population.layout" or not isinstance(inner, dict):
                    yield at
                else:
                    yield from keys(inner, schema, at)

        def schema_keys(schema, path=""):
            for key, inner in schema["properties"].items():
                at = f"{path}.{key}" if path else key
                if path != "series" and "properties" in inner:
                    yield from schema_keys(inner, at)
                else:
                    yield at
        resolved = set(keys(read(self.call("check", "--pilot", 0, "tpa").stdout), self.schema()))
        every = set(schema_keys(self.schema()))
        self.assertEqual(every - resolved, {"extends", "population.persons", "population.digest"})
        self.assertEqual(resolved - every, set())

    def test_every_key_says_what_it_is(self):
        def visit(schema, path):
            for key, inner in schema.get("properties", {}).items():
                at = f"{path}.{key}"
                if "properties" not in inner:
                    self.assertIn("description", inner, at)
                    self.assertTrue({"type", "const", "enum", "$ref", "anyOf"} & set(inner), at)
                visit(inner, at)
        body = {k: v for k, v in self.schema()["properties"].items() if k != "series"}
        visit({"properties": body}, "")
        for block in self.schema()["properties"]["parameters"]["properties"].values():
            for name, p in block["properties"].items():
                self.assertLessEqual({"minimum", "maximum", "default", "x-unit"}, set(p), name)
                self.assertLessEqual(p["minimum"], p["default"], name)


if __name__ == "__main__":
    unittest.main()
