"""terrace sweep run --from: a baseline's years before the programme, shared by all runs, to the same
bits as from the start."""
import re
import shlex
import signal
import unittest

from sweep_folders import SweepTest, kill_if_running
from terrace_program import SCENARIOS

STUDY = """study: 1
name: from
base: {base}
over: {{time: {{start: 2011-01, end: 2016-12}}}}
dimensions:
  {dimensions}
design: {{kind: list, points: [{points}]}}
replicates: 2
seed: 7
indicators: [headcount_ratio, relapse_true]
years: [2012, 2016]
regions: provinces
"""

LATER = """works: {policy: industry.enabled, choices: [true, false]}
  places: {policy: industry.capacity, low: 0.5, high: 2}
  error: {parameter: diagnosis.diag_error, low: 0.1, high: 0.4}
  budget: {series: fund_central, factor: [0.5, 2], from: 2013}"""
LATER_POINTS = """{works: true, places: 1, error: 0.2, budget: 1},
  {works: false, places: 1, error: 0.2, budget: 0.5}, {works: true, places: 0.5, error: 0.4, budget: 2}"""
EARLIER = "trap: {parameter: farm_assets.tau, low: 0.3, high: 0.7}"


class SweepFrom(SweepTest):
    def plan(self, dimensions=LATER, points=LATER_POINTS, folder="sweep"):
        self.write(f"{folder}.yaml", STUDY.format(base=SCENARIOS / "teach.yaml",
                                                  dimensions=dimensions, points=points))
        self.call("sweep", "plan", f"{folder}.yaml", "-q", "-o", folder)

    def baseline(self, *more, folder="sweep", name="base", keep="[2013]"):
        self.call("run", f"{folder}/scenarios/0.yaml", "-q", "--threads", "1", "--replicates", "2",
                  "--set", f"output.checkpoints.keep={keep}", *more, "-o", name)

    def sweep(self, *more, folder="sweep", status=0):
        return self.call("sweep", "run", folder, "-q", "-j", "2", *more, status=status)

    def merged(self, folder="sweep"):
        self.call("sweep", "merge", folder, "-q", "--force")
        return (self.folder / folder / "sweep.h5").read_bytes()

    def forget(self, folder="sweep"):
        for segment in (self.folder / folder / "segments").iterdir():
            segment.unlink()

    def test_the_same_bits_as_from_the_start(self):
        self.plan()
        self.sweep()
        whole = self.merged()
        self.forget()
        self.baseline()
        self.sweep("--from", "base")
        self.assertEqual(self.merged(), whole)
        self.assertIn("same digest", self.call("sweep", "replay", "sweep", 3).stderr)

    def test_a_failed_run_is_done_again_from_the_same_baseline(self):
        self.plan()
        self.baseline(name="my base")
        process = self.start("sweep", "run", "sweep", "-j", "1", "--from", "my base")
        started = self.wait_for(lambda: self.events("sweep", "started"), "a run", process)[0]
        kill_if_running(started["pid"], signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        if process.returncode == 0:
            self.skipTest("the run was over before it could be killed")
        line = f"sweep run sweep --runs {started['run']} --from 'my base'"
        self.assertTrue(err.endswith(f"next: terrace {line}\n"), err)
        self.call(*shlex.split(line), "-q")

    def test_a_run_of_it_alone(self):
        self.plan()
        self.baseline()
        self.sweep("--from", "base/checkpoints/2013", "--runs", "5")
        self.assertIn("same digest", self.call("sweep", "replay", "sweep", 5).stderr)

    def test_what_acts_before_the_branch_is_refused(self):
        self.plan(EARLIER, "{trap: 0.5}, {trap: 0.6}")
        self.baseline()
        said = self.sweep("--from", "base", status=65).stderr
        self.assertIn("what acts before 2013 must be the same in all runs, but "
                      "parameters.farm_assets.tau is 0.5 there and 0.6 here", said)
        # No baseline would do, so none is proposed.
        self.assertIn("share no years: they differ in parameters.farm_assets.tau", said)
        self.assertNotIn("BASELINE", said)
        self.assertEqual(list((self.folder / "sweep/segments").glob("*")), [])

    def test_all_reasons_and_a_command_that_helps(self):
        self.plan()
        self.baseline("--seed", "8", "--set", "parameters.farm_assets.tau=0.6", name="other")
        said = self.sweep("--from", "other", status=65).stderr
        self.assertIn("run.seed is 8 there and 7 here", said)
        self.assertIn("farm_assets.tau", said)
        self.assertIn("--set 'output.checkpoints.keep=[2013]'", said)
        words = shlex.split(re.search(r"terrace (run .*) -o BASELINE", said)[1])
        self.call(*words, "-q", "-o", "base")
        self.sweep("--from", "base")

    def test_a_later_branch_must_still_be_the_run_from_the_start(self):
        self.plan()
        self.baseline(keep="[2014]")
        said = self.sweep("--from", "base", status=65).stderr
        self.assertIn("policies.industry.enabled", said)
        self.assertIn("parameters.diagnosis.diag_error", said)
        later = "budget: {series: fund_central, factor: [0.5, 2], from: 2014}"
        self.plan(later, "{budget: 1}, {budget: 2}", folder="money")
        self.baseline(folder="money", name="money-base", keep="[2014]")
        self.sweep(folder="money")
        whole = self.merged("money")
        self.forget("money")
        self.sweep("--from", "money-base", folder="money")
        self.assertEqual(self.merged("money"), whole)

    def test_states_that_are_missing_or_damaged(self):
        self.plan()
        self.baseline()
        states = self.folder / "base/checkpoints/2013"
        whole = (states / "1.bin").read_bytes()
        (states / "1.bin").write_bytes(whole[:-40] + b"x" * 40)
        said = self.sweep("--from", "base", status=65).stderr
        self.assertIn("1.bin", said)
        # The records before the branch are read by each run for itself.
        (states / "1.bin").write_bytes(whole)
        records = (states / "1.seg").read_bytes()
        (states / "1.seg").write_bytes(records[:-40] + b"x" * 40)
        said = self.sweep("--from", "base", "--runs", "0,1", status=3).stderr
        self.assertIn("1.seg is damaged: the records of 2012", said)
        self.assertIn("same digest", self.call("sweep", "replay", "sweep", 0).stderr)
        (states / "1.bin").unlink()
        self.assertIn("1.bin is missing", self.sweep("--from", "base", status=65).stderr)
        self.assertIn("holds no checkpoint", self.sweep("--from", "no", status=65).stderr)


if __name__ == "__main__":
    unittest.main()
