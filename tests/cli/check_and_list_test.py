"""terrace check, list and the flags that every program has."""
import json
import re
import subprocess
import unittest

from terrace_program import PROGRAM, SCENARIOS, ProgramTest


class Check(ProgramTest):
    def test_every_shipped_scenario(self):
        files = sorted(SCENARIOS.glob("*.yaml"))
        self.assertGreaterEqual(len(files), 15)
        for file in files:
            with self.subTest(file.name):
                done = self.call("check", "--pilot", 0, file)
                self.assertIn(f'name: "{file.stem}"', done.stdout)
                self.assertIn("is in order", done.stderr)
                self.assertRegex(done.stderr, r"memory: about \d")
                self.assertRegex(done.stderr, r"disk: about \d")

    def test_pace_of_this_machine(self):
        said = self.call("check", "mini", "--threads", 3).stderr
        found = re.search(r"time: about (\S+ \w+) on 3 threads; one thread did ([\d,]+) household-months "
                          r"a second here in a pilot of (\d\.\d) s, divided by 3", said)
        self.assertTrue(found, said)
        rate = int(found[2].replace(",", ""))
        self.assertTrue(1e4 < rate < 1e8, said)
        self.assertTrue(1.0 <= float(found[3]) < 5.0, said)
        self.assertNotIn("time:", self.call("check", "mini", "--pilot", 0).stderr)

    def test_arms_differ_from_the_base_as_they_say(self):
        def enabled(name):
            lines = self.call("check", "--pilot", 0, name).stdout.splitlines()
            out, module = {}, None
            for line in lines[lines.index("policies:"):]:
                if line.startswith("  ") and not line.startswith("   ") and line.endswith(":"):
                    module = line.strip(" :")
                if line.strip().startswith("enabled: ") and module:
                    out.setdefault(module, "true" in line)
            return out
        modules = json.loads(self.call("list", "policies", "--json").stdout)
        every = [module["name"] for module in modules]  # cash is no part of it
        self.assertEqual(len(every), 21)
        self.assertEqual(enabled("tpa"), {m: m != "cash" for m in every})
        self.assertEqual(enabled("none"), dict.fromkeys(every, False))
        for module in every:
            if module == "cash":
                continue
            arm = module.replace("_", "-")
            self.assertEqual(enabled(f"minus-{arm}"), {m: m not in (module, "cash") for m in every})
            self.assertEqual(enabled(f"only-{arm}"), {m: m == module for m in every})
        for target in ("everybody", "counties", "register"):
            self.assertEqual(enabled(f"flood-{target}"), {m: m == "cash" for m in every})

    def test_mini_can_show_a_thread_error(self):
        said = self.call("check", "--pilot", 0, "mini").stderr
        self.assertRegex(said, r"mini is in order: [\d,]+ households in \d+ counties")
        households, counties = re.search(r": ([\d,]+) households in (\d+)", said).groups()
        self.assertTrue(25_000 <= int(households.replace(",", "")) <= 40_000, said)
        self.assertGreaterEqual(int(counties), 30, said)

    def test_origin_of_every_value(self):
        out = self.call("check", "--pilot", 0, "none", "--set", "policies.education.effect=0.5").stdout
        self.assertRegex(out, r"(?m)^    effect: 0.5  # --set$")
        self.assertRegex(out, r"(?m)^  enabled: false  # .*none\.yaml:\d+$")
        self.assertRegex(out, r"(?m)^  seed: 20131103  # .*tpa\.yaml:\d+$")
        self.assertRegex(out, r"(?m)^    until: 2100-12  # default$")
        self.assertRegex(out, r"(?m)^  # .*series\.yaml:\d+\n  poverty_line:$")

    def test_series_held_outside_their_dates(self):
        said = self.call("check", "--pilot", 0, "tpa", "--set", "time.end=2030-12").stderr
        self.assertIn("note: series.poverty_line: holds its value of", said)

    def test_quiet(self):
        done = self.call("check", "-q", "teach")
        self.assertEqual(done.stdout + done.stderr, "")


class List(ProgramTest):
    KEYS = {"policies": {"name", "title", "parameters", "series"},
            "parameters": {"name", "unit", "default", "low", "high", "meaning", "source"},
            "indicators": {"name", "unit", "meaning"},
            "scenarios": {"name", "title", "file"},
            "series": {"name", "unit", "prices", "meaning"}}

    def test_tables_and_json_agree(self):
        for topic, keys in self.KEYS.items():
            with self.subTest(topic):
                records = json.loads(self.call("list", topic, "--json").stdout)
                lines = self.call("list", topic).stdout.splitlines()
                self.assertEqual(len(lines), len(records) + 1)
                for record, line in zip(records, lines[1:]):
                    self.assertLessEqual(keys, set(record))
                    self.assertEqual(line.split()[0], record["name"])

    def test_every_listed_parameter_can_be_set_to_its_default_and_ends(self):
        sets = []
        for p in json.loads(self.call("list", "parameters", "--json").stdout):
            self.assertLessEqual(p["low"], p["default"], p["name"])
            self.assertLessEqual(p["default"], p["high"], p["name"])
            for end in ("low", "high", "default"):
                sets += ["--set", f"{p['name']}={p[end]!r}"]
        self.call("check", "-q", "teach", *sets)

    def test_nothing_is_listed_into_a_full_disk(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "list", "parameters"], stdout=full,
                                  stderr=subprocess.PIPE, text=True, env=self.environment())
        self.assertEqual(done.returncode, 74)


class Standard(ProgramTest):
    def test_version_and_help(self):
        self.assertRegex(self.call("--version").stdout, r"\Aterrace \d+\.\d+\.\d+ \(\S+\)\n\Z")
        for words in (["--help"], ["-h"], ["run", "--help"], ["check", "-h"], ["list", "-h"]):
            done = self.call(*words)
            self.assertIn("terrace", done.stdout.lower())
            self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
