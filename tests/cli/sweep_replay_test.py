"""terrace sweep replay: one run of a sweep again, to the digest that the sweep has."""
import json
import unittest

from sweep_folders import rewrite
from terrace_program import SCENARIOS, ProgramTest

STUDY = f"""study: 1
name: kinds
base: {SCENARIOS / "teach.yaml"}
over: {{time: {{start: 2012-01, end: 2016-12}}, output: {{panel: {{households: 50}}}}}}
dimensions:
  trap: {{parameter: farm_assets.tau, low: 0.3, high: 0.7}}
  works: {{policy: industry.enabled, choices: [true, false]}}
  places: {{policy: allowance.capacity, low: 0.5, high: 1}}
  begin: {{policy: allowance.from, choices: [2014-01, 2016-01]}}
  budget: {{series: fund_central, factor: [0.5, 2], from: 2013}}
design:
  kind: list
  points:
    - {{trap: 0.5, works: true, places: 1, begin: 2014-01, budget: 1}}
    - {{trap: 0.6, works: true, places: 1, begin: 2014-01, budget: 1}}
    - {{trap: 0.5, works: false, places: 1, begin: 2014-01, budget: 1}}
    - {{trap: 0.5, works: true, places: 0.5, begin: 2014-01, budget: 1}}
    - {{trap: 0.5, works: true, places: 1, begin: 2016-01, budget: 1}}
    - {{trap: 0.5, works: true, places: 1, begin: 2014-01, budget: 2}}
replicates: 2
seed: 7
indicators: [headcount_ratio]
"""

ARMS = f"""study: 1
name: arms
over:
  time: {{start: 2012-01, end: 2016-12}}
  population: {{layout: {SCENARIOS / "data/teach.yaml"}, sample: {{counties: 1, villages: 1}}}}
dimensions:
  arm: {{scenarios: [{SCENARIOS / "teach.yaml"}, {SCENARIOS / "none.yaml"}]}}
design: {{kind: grid}}
indicators: [headcount_ratio]
"""


def forge(path):
    """Another digest for each result of a segment, with checksums that fit."""
    rewrite(path, lambda kind, body: body[:8] + bytes(reversed(body[8:40])) + body[40:] if kind == b"r" else body)


class SweepReplay(ProgramTest):
    def sweep(self, study, *runs):
        self.write("study.yaml", study)
        self.call("sweep", "plan", "study.yaml", "-q", "-o", "sweep")
        if runs:
            self.call("sweep", "run", "sweep", "-q", "-j", "1", "--runs", ",".join(map(str, runs)))

    def replay(self, run, *more, status=0):
        return self.call("sweep", "replay", "sweep", run, "--threads", "1", *more, status=status)

    def same_as_in_the_sweep(self, run):
        done = self.replay(run, "-o", f"run{run}")
        self.assertIn(f"run {run} has the same digest as in the sweep", done.stderr)
        said = done.stdout.splitlines()[-1]
        self.assertEqual(said, self.digest(f"run{run}/scenario.resolved.yaml", "-q", "--threads", "2",
                                           "-o", f"again{run}"))
        self.call("verify", f"run{run}")
        return said

    def test_every_kind_of_dimension(self):
        runs = (0, 2, 5, 7, 8, 11)  # a replicate of each point
        self.sweep(STUDY, *runs)
        digests = {self.same_as_in_the_sweep(run) for run in runs}
        self.assertEqual(len(digests), len(runs))

    def test_other_scenarios(self):
        self.sweep(ARMS, 0, 1)
        self.assertNotEqual(self.same_as_in_the_sweep(0), self.same_as_in_the_sweep(1))

    def test_a_run_without_a_result(self):
        self.sweep(STUDY)
        said = self.replay(3).stderr
        self.assertIn("the sweep has no result of run 3 yet", said)
        folder = self.folder / "results/kinds-run-3"
        told = json.loads((folder / "provenance.json").read_text())
        self.assertEqual(told["first_replicate"], 1)
        self.assertEqual(told["replicates"], 1)
        self.assertEqual(told["seed"], "7")
        self.assertIn("terrace sweep replay sweep 3", told["command"])
        self.assertIn("exists", self.replay(3, status=64).stderr)
        self.replay(3, "--force", "-q")

    def test_another_digest(self):
        self.sweep(STUDY, 1)
        segments = list((self.folder / "sweep/segments").iterdir())
        self.assertEqual(len(segments), 1)
        forge(segments[0])
        done = self.replay(1, "-q", status=1)
        digest = done.stdout.splitlines()[-1].split()[-1]
        self.assertRegex(done.stderr, rf"run 1 has the digest {digest} here \(of terrace (.*)\), but the sweep's "
                                      rf"result has {digest[::-1]} \(of terrace \1\)")
        # Damage alone is no result.
        segments[0].write_bytes(segments[0].read_bytes()[:-1] + b"?")
        done = self.replay(1, "--force")
        self.assertIn("the sweep has no result of run 1 yet", done.stderr)
        self.assertIn(segments[0].name, done.stderr)

    def test_no_such_run_or_sweep(self):
        self.sweep(STUDY)
        self.assertIn("its runs are 0 to 11", self.replay(12, status=64).stderr)
        self.assertIn("plan.json", self.call("sweep", "replay", "study.yaml", "0", status=74).stderr)


if __name__ == "__main__":
    unittest.main()
