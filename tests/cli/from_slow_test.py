"""terrace run --from: many policies from one baseline, to the same bits as from the beginning."""
import json
import signal
import unittest

from terrace_program import SCENARIOS
from stopped_runs import StoppedRuns

SMALL = ("-q", "--set", "population.provinces=[Gansu,Guizhou,Zhejiang]",
         "--set", "population.sample.counties=0.01", "--set", "population.sample.villages=0.004",
         "--set", "time.start=2012-01")
TO_2015 = ("--set", "time.end=2015-12")


class From(StoppedRuns):
    def base(self, *more):
        self.call("run", "tpa", *SMALL, *TO_2015, "--set", "output.checkpoints.keep=[2013]", *more,
                  "-o", "base")

    def branched(self, arm, *more, source="base", status=0):
        return self.call("run", arm, *SMALL, *more, "--force", "-o", "branch", "--from", source,
                         status=status)

    def test_arms_are_the_same_bits_as_from_the_beginning(self):
        self.base()
        for arm in ("none", "minus-relocation", "minus-housing", "only-industry", "pressure-1",
                    "flood-register", "elite", "random-measures"):
            said = self.branched(arm, *TO_2015).stdout.splitlines()[-1]
            self.assertEqual(said, self.digest(arm, *SMALL, *TO_2015, "--force", "-o", "alone"), arm)

    def test_an_arm_with_another_end_and_settings(self):
        self.base()
        more = ("--set", "time.end=2016-12", "--set", "parameters.follow_up.mon_sens=0",
                "--set", "policies.relief.enabled=false", "--threads", "3")
        said = self.branched("tpa", *more).stdout.splitlines()[-1]
        self.assertEqual(said, self.digest("tpa", *SMALL, *more, "--force", "-o", "alone"))

    def test_the_branch_is_named_in_the_provenance(self):
        self.base()
        self.branched("none", *TO_2015, source="base/checkpoints/2013")
        told = json.loads((self.folder / "branch/provenance.json").read_text())["branched_from"]
        self.assertEqual(told["year"], 2013)
        self.assertRegex(told["scenario_digest"], "^[0-9a-f]{32}$")
        base = json.loads((self.folder / "base/provenance.json").read_text())
        self.assertNotIn("branched_from", base)

    def test_a_stopped_branch_goes_on(self):
        self.call("run", "tpa", *SMALL, "--set", "output.checkpoints.keep=[2017]", "-o", "base")
        # From the middle of the programme: only the branch's own folder knows what was before.
        words = ("none", *SMALL, "--from", "base")
        digest = self.digest(*words, "-o", "whole")
        alone = self.digest("none", *SMALL, "-o", "alone")
        self.assertNotEqual(digest, alone, "until 2017 it had a programme")
        for k in range(3):
            name = f"stopped{k}"
            how = (signal.SIGTERM, signal.SIGKILL)[k % 2]
            self.stop(("run", *words, "--threads", "1", "-o", name), 0.03 * k, how)
            self.assertEqual(self.finish(name, 2), digest)

    def test_what_acted_before_the_branch_must_be_the_same(self):
        self.base()
        refused = lambda *more: self.branched("tpa", *TO_2015, *more, status=65).stderr
        for key, value in (("run.seed", "5"), ("time.start", "2010-01"),
                           ("time.programme", "2014-01"), ("population.sample.villages", "0.005"),
                           ("parameters.farm_assets.tau", "0.6"), ("output.panel.households", "7"),
                           ("output.indicators", "[headcount_ratio]"),
                           ("parameters.identification.survey_sd", "0.2")):
            self.assertIn(f"{key} is ", refused("--set", f"{key}={value}"), key)
        self.assertIn("policies.housing.from",
                      refused("--set", "policies.housing.from=2013-06"))
        said = refused("--set", "parameters.farm_assets.tau=0.6", "--set", "run.seed=5")
        self.assertIn("run.seed", said)
        self.assertIn("farm_assets.tau", said)
        self.assertFalse((self.folder / "branch").exists())

    def test_rules_that_have_acted_must_be_the_same(self):
        self.call("run", "tpa", *SMALL, *TO_2015, "--set", "output.checkpoints.keep=[2015]",
                  "-o", "base")
        said = self.branched("tpa", *TO_2015, "--set", "parameters.diagnosis.diag_error=0.39",
                             "--set", "parameters.identification.sigma_score_2014=0.9",
                             status=65).stderr
        self.assertIn("parameters.diagnosis.diag_error is 0.2 there and 0.39 here", said)
        self.assertIn("parameters.identification.sigma_score_2014 is 0.6 there and 0.9 here", said)

    def test_a_branch_from_the_middle_is_marked_as_one(self):
        self.call("run", "tpa", *SMALL, *TO_2015, "--set", "output.checkpoints.keep=[2013,2015]",
                  "-o", "base")
        self.branched("none", *TO_2015, source="base/checkpoints/2013")
        self.call("run", "none", *SMALL, *TO_2015, "-o", "alone")
        read = lambda name: (self.folder / name / "trajectories.h5").read_bytes()
        self.assertEqual(read("branch"), read("alone"), "alone it gives the same results")
        compared = lambda: json.loads(self.call("compare", "base", "branch", "--json").stdout)
        self.assertEqual([n for n in compared()["notes"] if "--from" in n], [])

        self.branched("none", *TO_2015, source="base/checkpoints/2015")
        self.call("verify", "branch")
        replay = "terrace run scenario.resolved.yaml --from BASE/checkpoints/2015"
        self.assertEqual(compared()["alts"][0]["replay"], replay)
        self.assertEqual(len([n for n in compared()["notes"] if replay in n]), 1)
        told = json.loads((self.folder / "branch/provenance.json").read_text())["branched_from"]
        self.assertIn(told["scenario_digest"].encode(), read("branch"))

    def test_a_branch_without_its_state_does_not_start_from_the_beginning(self):
        self.base("--replicates", "2")
        words = ("run", "none", *SMALL, *TO_2015, "--replicates", "2", "--threads", "1", "--from",
                 "base", "-o", "stopped")
        self.assertEqual(self.stop(words, 0), 75)
        (self.folder / "stopped/checkpoint/1.bin").unlink()
        self.assertIn("checkpoint/1.bin is missing", self.call("resume", "stopped", status=65).stderr)

    def test_every_replicate_must_be_there(self):
        self.base("--replicates", "2")
        self.branched("none", *TO_2015)
        self.assertIn("2.bin is missing",
                      self.branched("none", *TO_2015, "--replicates", "3", status=65).stderr)

    def test_a_series_may_differ_from_the_branch_on(self):
        self.base()
        series = """terrace: 1
name: lines
extends: {tpa}
series:
  fund_central: {{unit: billion yuan/year, prices: nominal, source: test, values: {{{values}}}}}
"""
        for first, status in ((33.2, 0), (30.0, 65)):
            self.write("lines.yaml", series.format(tpa=SCENARIOS / "tpa.yaml",
                                                   values=f"2012: {first}, 2013: 70"))
            self.call("run", "lines.yaml", *SMALL, *TO_2015, "--set",
                      "output.checkpoints.keep=[2013]", "--force", "-o", "other")
            said = self.branched("lines.yaml", *TO_2015, status=status)
            if status:
                self.assertIn("series.fund_central.values is 33.2 there and 30 here in 2012",
                              said.stderr)

    def test_the_line_of_the_year_of_the_branch_counts_before_it(self):
        self.base()
        self.write("line.yaml", f"""terrace: 1
name: line
extends: {SCENARIOS / "tpa.yaml"}
series:
  poverty_line: {{unit: yuan/person/year, prices: nominal, source: test, values: {{2012: 2625, 2013: 2900}}}}
""")
        self.assertIn("series.poverty_line.values is 2736 there and 2900 here in 2013 (the line of "
                      "2013 is in the risks of 2012)",
                      self.branched("line.yaml", *TO_2015, status=65).stderr)

    def test_nothing_to_branch_off_from(self):
        self.call("run", "teach", "-q", "-o", "plain")
        self.assertIn("holds no checkpoint", self.branched("none", source="plain", status=65).stderr)
        self.assertIn("holds no checkpoint", self.branched("none", source="no", status=65).stderr)
        self.call("run", "teach", "-q", "--set", "output.checkpoints.keep=[2013,2015]", "-o", "two")
        self.assertIn("several years", self.branched("none", source="two", status=65).stderr)
        self.assertIn("output.checkpoints.keep",
                      self.call("run", "teach", "--set", "output.checkpoints.keep=[1999]", "-o", "no",
                                status=65).stderr)


if __name__ == "__main__":
    unittest.main()
