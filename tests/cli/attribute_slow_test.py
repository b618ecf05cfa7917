"""`terrace attribute` from the outside: its tables against ordinary runs and an independent count."""
import csv
import itertools
import json
import signal
import time
import unittest
from collections import defaultdict

import h5py

from terrace_program import ProgramTest

BATCHES = ["industry", "relocation", "ecological_posts", "education", "allowance"]
# Four years of teach, and two replicates for an interval.
SMALL = ["--set", "time.end=2016-12"]


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shapley(worth):
    """By the definition: marginal gains averaged over all orders of joining."""
    share = defaultdict(float)
    orders = list(itertools.permutations(BATCHES))
    for order in orders:
        there = frozenset()
        for batch in order:
            share[batch] += (worth[there | {batch}] - worth[there]) / len(orders)
            there |= {batch}
    return share


class Attribute(ProgramTest):
    def attribute(self, *words, **options):
        return self.call("attribute", "teach", "-o", "out", *words, **options)

    def test_shares_are_those_of_the_32_runs(self):
        done = self.attribute(*SMALL, "--replicates", "2")
        out = self.folder / "out"
        runs = rows(out / "coalitions.csv")
        self.assertEqual(len(runs), 64)
        table = rows(out / "attribution.csv")
        for outcome in ("exits", "squared_gap"):
            found = {row["batch"]: row for row in table
                     if row["level"] == "nation" and row["outcome"] == outcome}
            expected = []
            for replicate in ("0", "1"):
                worth = {frozenset(b for b in BATCHES if row[b] == "1"): float(row[outcome])
                         for row in runs if row["replicate"] == replicate}
                self.assertEqual(len(worth), 32)
                expected.append(shapley(worth))
            for batch in BATCHES:
                a, b = (e[batch] for e in expected)
                self.assertAlmostEqual(float(found[batch]["effect"]), (a + b) / 2, places=8)
                # t of 0.975 at one degree of freedom is 12.7062; the error of a mean of two, |a-b|/2
                self.assertAlmostEqual(float(found[batch]["high"]),
                                       (a + b) / 2 + 12.7062047 * abs(a - b) / 2, places=5)
            total = sum(float(found[batch]["effect"]) for batch in BATCHES)
            self.assertAlmostEqual(total, float(found["all"]["effect"]), places=8)
            self.assertGreater(abs(float(found["all"]["with_none"])), 0)
            # Shares of a whole that may be nothing are none.
            there = float(found["all"]["low"]) > 0 or float(found["all"]["high"]) < 0
            for row in found.values():
                self.assertEqual(row["of_effect"] != "", there, row)
        self.assertIn("share one sample of counties and villages", done.stdout)
        self.assertIn("95 % interval over 2 replicates", done.stdout)
        # Groups of a level add up to the nation.
        for level in ("designation", "part", "province", "cause"):
            sums = defaultdict(float)
            for row in table:
                if row["level"] in (level, "nation"):
                    sign = -1 if row["level"] == "nation" else 1
                    sums[row["outcome"], row["batch"]] += sign * float(row["effect"])
            for key, rest in sums.items():
                self.assertAlmostEqual(rest, 0, places=6, msg=(level, key))

    def test_households_of_the_panel_add_up_to_the_nation(self):
        # All households of teach are in the panel, each for itself.
        self.attribute(*SMALL, "-q")
        households = rows(self.folder / "out/households.csv")
        self.assertEqual(len({row["household"] for row in households}), len(households))
        nation = {(row["outcome"], row["batch"]): float(row["effect"])
                  for row in rows(self.folder / "out/attribution.csv") if row["level"] == "nation"}
        for outcome in ("exits", "squared_gap"):
            for row in households:
                shares = sum(float(row[f"{outcome}_{batch}"]) for batch in BATCHES)
                effect = float(row[f"{outcome}_with_all"]) - float(row[f"{outcome}_with_none"])
                self.assertAlmostEqual(shares, effect, places=9)
            for batch in BATCHES:
                total = sum(float(row["weight"]) * float(row[f"{outcome}_{batch}"])
                            for row in households)
                self.assertAlmostEqual(total, nation[outcome, batch], places=6)

    def test_runs_and_files_are_named_by_digests(self):
        self.attribute(*SMALL, "-q")
        out = self.folder / "out"
        about = json.loads((out / "attribution.json").read_text())
        digests = {run["batches"]: run["digest"] for run in about["runs"]}
        self.assertEqual(len(digests), 32)
        off = [word for batch in BATCHES if batch not in ("industry", "education")
               for word in ("--set", f"policies.{batch}.enabled=false")]
        self.assertEqual(self.digest("teach", *SMALL, *off, "-o", "run", "-q"),
                         "digest: " + digests["industry+education"])
        self.assertEqual({path.name for path in out.iterdir()},
                         {*about["files"], "attribution.json"})
        for name, file in about["files"].items():
            self.assertEqual((out / name).stat().st_size, file["bytes"], name)
        # The resolved scenario alone gives the same runs.
        self.call("attribute", "out/scenario.resolved.yaml", "-o", "again", "-q", "--threads", "1")
        self.assertEqual((out / "attribution.csv").read_bytes(),
                         (self.folder / "again/attribution.csv").read_bytes())

    def test_hdf5_holds_the_same_tables(self):
        self.attribute(*SMALL, "-q")
        table = rows(self.folder / "out/attribution.csv")
        with h5py.File(self.folder / "out/attribution.h5") as file:
            group = file["attribution"]
            self.assertEqual(list(group["effect"][:]), [float(row["effect"]) for row in table])
            self.assertIn("coalitions", file)

    def test_a_batch_that_is_off_has_no_share(self):
        done = self.attribute(*SMALL, "--set", "policies.allowance.enabled=false")
        self.assertIn("16 runs", done.stderr)
        self.assertIn("n too small", done.stdout)
        self.assertIn("with all enabled (4)", done.stdout)
        self.assertRegex(done.stdout, r"\n  allowance +not enabled\n")
        self.assertNotIn("five", done.stdout)
        table = rows(self.folder / "out/attribution.csv")
        shares = defaultdict(list)
        for row in table:
            shares[row["batch"]].append(float(row["effect"]))
        self.assertEqual(set(shares["allowance"]), {0.0})
        self.assertGreater(len(set(shares["education"])), 1)

    def test_refuses_what_is_there(self):
        (self.folder / "out").mkdir()
        (self.folder / "out/mine.txt").write_text("mine")
        self.assertIn("exists", self.attribute(*SMALL, status=64).stderr)
        self.assertIn("attribution.json", self.attribute(*SMALL, "--force", status=64).stderr)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["out"])
        (self.folder / "out/mine.txt").unlink()
        self.attribute(*SMALL, "--force", "-q")
        self.attribute(*SMALL, "--force", "-q")
        self.assertEqual([p.name for p in self.folder.iterdir()], ["out"])

    def test_json_has_the_rows_of_the_table(self):
        found = json.loads(self.attribute(*SMALL, "-q", "--json").stdout)
        table = rows(self.folder / "out/attribution.csv")
        self.assertEqual([(row["group"], row["batch"], row["effect"]) for row in found["attribution"]],
                         [(row["group"], row["batch"], float(row["effect"])) for row in table])
        self.assertEqual(found["scenario"], "teach")

    def test_bad_scenario(self):
        self.assertIn("industri", self.call("attribute", "teach", "--set",
                                            "policies.industri.enabled=true", status=65).stderr)

    def test_nothing_to_share_out(self):
        done = self.call("attribute", "none", "-o", "out", status=65)
        self.assertIn("none of the five batches", done.stderr)

    def test_no_file_when_the_folder_cannot_be_made(self):
        (self.folder / "file").write_text("")
        self.call("attribute", "teach", "-o", "file/out", status=74)

    def test_a_signal_leaves_nothing(self):
        process = self.start("attribute", "teach", "-o", "out", "--replicates", "200")
        while not list(self.folder.iterdir()):  # its folder comes after its handler of signals
            self.assertIsNone(process.poll(), "ended before it had a folder")
            time.sleep(0.002)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        _, error = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 75, error)
        self.assertIn("nothing was written", error)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
