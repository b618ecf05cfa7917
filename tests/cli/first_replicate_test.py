"""run.first_replicate: one replicate alone is, in every file, what it is among others."""
import csv
import json
import signal
import unittest

import netCDF4
import numpy as np

from stopped_runs import StoppedRuns

TEACH = ("teach", "-q", "--threads", "1", "--set", "time.start=2012-01", "--set",
         "time.end=2014-12", "--set", "output.panel.households=200")
THREE = (*TEACH, "--replicates", "3")


def only(number):
    return ("--set", f"run.first_replicate={number}")


def values_of(group, number):
    """Of each variable its part that is of a replicate, and its dimensions but for that."""
    replicates = list(group["replicate"][...])
    for name, variable in group.variables.items():
        if name in ("replicate", "event") or not variable.dimensions:
            continue
        values, names = variable[...], variable.dimensions
        if names[0] == "event":
            values = values[np.array(replicates) == number]
        elif names[0] == "replicate":
            values, names = values[replicates.index(number)], names[1:]
        yield name, values, names


def opened(path):
    file = netCDF4.Dataset(path)
    file.set_auto_mask(False)
    return file


class FirstReplicate(StoppedRuns):
    def rows(self, run, number):
        with open(self.folder / run / "summary.csv", encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file) if row["replicate"] == str(number)]

    def same_values(self, alone, number):
        """All variables of all groups, but for households of the panel that the other replicates
        alone had."""
        with opened(self.folder / "all/trajectories.h5") as all_, \
                opened(self.folder / alone / "trajectories.h5") as one:
            self.assertEqual(set(all_.groups), set(one.groups))
            there = one["panel/household"][...]
            places = np.searchsorted(all_["panel/household"][...], there)
            compared = 0
            for group in one.groups:
                whole = {name: (values, names) for name, values, names in
                         values_of(all_[group], number)}
                for name, values, _ in values_of(one[group], number):
                    of_all, names = whole[name]
                    if "household" in names:
                        of_all = np.take(of_all, places, axis=names.index("household"))
                    np.testing.assert_array_equal(of_all, values, f"{group}/{name}")
                    compared += 1
            self.assertGreater(compared, 100)
            self.assertEqual(list(one["national/replicate"][...]), [number])
            self.assertEqual(set(one["events/replicate"][...]), {number})

    def test_each_alone_is_what_it_is_among_others(self):
        self.call("run", *THREE, "-o", "all")
        digests = set()
        for number in range(3):
            name = f"alone{number}"
            digests.add(self.digest(*TEACH, *only(number), "-o", name))
            self.same_values(name, number)
            self.assertEqual(self.rows(name, number), self.rows("all", number))
            self.assertGreater(len(self.rows(name, number)), 100)
            self.call("verify", name)
        self.assertEqual(len(digests), 3)

    def test_it_is_a_key_like_others(self):
        for value in ("-1", "10000000", "1.5", "none"):
            self.assertIn("run.first_replicate: ",
                          self.call("run", *TEACH, *only(value), status=65).stderr)
        digest = self.digest(*TEACH, *only(7), "-o", "one")
        self.assertEqual(digest, self.digest("one/scenario.resolved.yaml", "-q", "-o", "again"))
        told = json.loads((self.folder / "one/provenance.json").read_text())
        self.assertEqual(told["first_replicate"], 7)

    def test_states_carry_the_number(self):
        keep = ("--set", "output.checkpoints.keep=[2013]")
        self.call("run", *THREE, *keep, "-o", "base")
        words = (*TEACH, *only(2), "--from", "base")
        digest = self.digest(*TEACH, *only(2), "-o", "alone")
        self.assertEqual(digest, self.digest(*words, "-o", "branch"))
        self.call("verify", "branch")
        later = ("--set", "output.checkpoints.keep=[2014]")
        stopped = self.stop(("run", *words, *later, "-o", "stopped"), 0, signal.SIGTERM)
        self.assertIn(stopped, (0, 75))
        self.assertEqual(self.finish("stopped", 1), digest)
        self.assertTrue((self.folder / "stopped/checkpoints/2014/2.bin").exists())
        self.call("verify", "stopped")
        said = self.call("run", *TEACH, *only(3), "--from", "base", "-o", "none", status=65).stderr
        self.assertIn("3.bin is missing: the scenario has replicate 3", said)

    def test_runs_are_compared_by_number(self):
        self.call("run", *THREE, "-o", "base")
        off = ("--set", "policies.allowance.enabled=false")
        self.call("run", *TEACH, *off, "--replicates", "2", *only(1), "-o", "alt")
        self.call("run", *TEACH, *off, *only(3), "-o", "other")
        said = self.call("compare", "base", "alt", status=65).stderr
        self.assertIn("replicates differ: 3 replicates in base, 2 replicates (numbers 1 to 2) in alt",
                      said)
        found = json.loads(self.call("compare", "base", "alt", "--replicates-in-common",
                                     "--json").stdout)
        self.assertIn("only replicates of both runs are compared, 2 from number 1 on", str(found["notes"]))
        said = self.call("compare", "base", "other", "--replicates-in-common", status=65).stderr
        self.assertIn("they have none in common", said)
        # The same two pairs, each made anew.
        self.call("run", *TEACH, "--replicates", "2", *only(1), "-o", "pair")
        same = json.loads(self.call("compare", "pair", "alt", "--json").stdout)
        self.assertEqual(found["differences"], same["differences"])
        self.assertEqual(found["winners"], same["winners"])

    def test_a_life_is_told_of_the_number(self):
        self.call("run", *TEACH, "--replicates", "2", *only(4), "-o", "run")
        self.assertIn("4 to 5", self.call("explain", "run", "--replicate", "0", status=64).stderr)
        self.assertEqual(self.call("explain", "run").stdout,
                         self.call("explain", "run", "--replicate", "4").stdout)
        self.call("explain", "run", "--replicate", "5")


if __name__ == "__main__":
    unittest.main()
