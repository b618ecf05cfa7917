#!/usr/bin/env python3
"""What a programme bought: cost per exit, per poverty-year averted, per unit of squared gap.

    cost_effectiveness.py results/tpa-1a2b3c4d results/none-5e6f7a8b

ARM_DIR is a run with a programme, TWIN_DIR the same people without one: same seed, population and
number of replicates, or the two are refused. Over all years of summary.csv (or --from, --to):

    cost per exit                       cost of ARM / households let go in ARM
    cost per poverty-year averted       (cost ARM - TWIN) / sum of (poor persons TWIN - ARM)
    cost per squared gap averted        (cost ARM - TWIN) / sum of (FGT 2 x persons TWIN - ARM)

Cost is delivered, overhead and lost, all pots, nominal yuan. The ordinary allowance that a run
without the programme pays, and that the programme's own allowance replaces, is not booked there, so
costs are gross of what it would have cost. A person whose income is zero for a
year is one unit of squared gap. Where nothing was averted or nobody let go there is no figure
(nan); a negative one says that the arm has more poverty than its twin. One row a replicate, and
one for the sums over all of them.
"""
import argparse
import csv
import json
import math
import os
import re
import sys

NEEDED = ["programme_cost", "exits", "poor_true", "squared_poverty_gap", "persons"]
FIELDS = ["replicate", "cost", "exits", "poverty_years_averted", "squared_gap_averted",
          "cost_per_exit", "cost_per_poverty_year", "cost_per_squared_gap"]


class Refused(Exception):
    """The runs cannot be compared; the text says why."""


def population(folder):
    """The block of the resolved scenario that says who is simulated, as text."""
    with open(os.path.join(folder, "scenario.resolved.yaml"), encoding="utf-8") as file:
        found = re.search(r"^population:.*?(?=^[^\s#]|\Z)", file.read(), re.MULTILINE | re.DOTALL)
    return found.group(0).strip() if found else ""


def first_households(folder):
    """National numbers of households in the first year of the table, by replicate. Later years do
    not tell: when people are better off, more of them set up households of their own."""
    years = {}
    with open(os.path.join(folder, "summary.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["region_level"] == "national" and row["indicator"] == "households":
                years.setdefault(int(row["year"]), {})[row["replicate"]] = row["value"]
    return years[min(years)] if years else {}


def check_pairs(base, alt):
    provenance = []
    for folder in (base, alt):
        with open(os.path.join(folder, "provenance.json"), encoding="utf-8") as file:
            provenance.append(json.load(file))
    for key, meaning, usual in [("seed", "seeds", None),
                                ("replicates", "numbers of replicates", None),
                                ("first_replicate", "first replicates", 0)]:
        ours, theirs = (entry.get(key, usual) for entry in provenance)
        if ours != theirs:
            raise Refused(f"{meaning} differ: {ours} in {base}, {theirs} in {alt}")
    if not first_households(base) and not first_households(alt):
        raise Refused(f"neither {base} nor {alt} recorded the indicator households, by which the "
                      "populations are compared")
    if population(base) != population(alt) or first_households(base) != first_households(alt):
        raise Refused(f"the populations of {base} and {alt} differ")
    for folder, entry in zip((base, alt), provenance):
        print(f"{folder}: {entry.get('scenario')}, digest {entry.get('results_digest')}",
              file=sys.stderr)


def read_years(folder, first, last):
    """{replicate: {year: {indicator: value}}} of the nation."""
    out = {}
    with open(os.path.join(folder, "summary.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            if row["region_level"] != "national" or row["indicator"] not in NEEDED:
                continue
            if year < first or year > last:
                continue
            value = float(row["value"]) if row["value"] else math.nan
            years = out.setdefault(int(row["replicate"]), {})
            years.setdefault(year, {})[row["indicator"]] = value
    for years in out.values():
        for found in years.values():
            missing = [name for name in NEEDED if name not in found]
            if missing:
                raise Refused(f"{folder}/summary.csv has no national {', '.join(missing)}")
    if not out:
        raise Refused(f"{folder}/summary.csv has none of these years")
    return out


def over(numerator, denominator):
    return numerator / denominator if denominator != 0 else math.nan


def with_ratios(row):
    row["cost_per_exit"] = over(row["cost"], row["exits"])
    row["cost_per_poverty_year"] = over(row["extra_cost"], row["poverty_years_averted"])
    row["cost_per_squared_gap"] = over(row["extra_cost"], row["squared_gap_averted"])
    return row


def sums(arm, twin):
    """Totals over the years of one replicate."""
    if arm.keys() != twin.keys():
        raise Refused("the two runs have not the same years")
    total = dict.fromkeys(["cost", "extra_cost", "exits", "poverty_years_averted",
                           "squared_gap_averted"], 0.0)
    for year, a in arm.items():
        t = twin[year]
        total["cost"] += a["programme_cost"]
        total["extra_cost"] += a["programme_cost"] - t["programme_cost"]
        total["exits"] += a["exits"]
        total["poverty_years_averted"] += t["poor_true"] - a["poor_true"]
        total["squared_gap_averted"] += (t["squared_poverty_gap"] * t["persons"]
                                         - a["squared_poverty_gap"] * a["persons"])
    return total


def table(arm_folder, twin_folder, first, last):
    arm = read_years(arm_folder, first, last)
    twin = read_years(twin_folder, first, last)
    if arm.keys() != twin.keys():
        raise Refused("the two runs have not the same replicates")
    rows = []
    for replicate in sorted(arm):
        rows.append(with_ratios({"replicate": replicate, **sums(arm[replicate], twin[replicate])}))
    everything = {"replicate": "all"}
    for key in ["cost", "extra_cost", "exits", "poverty_years_averted", "squared_gap_averted"]:
        everything[key] = math.fsum(row[key] for row in rows)
    return [*rows, with_ratios(everything)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("arm", metavar="ARM_DIR")
    parser.add_argument("twin", metavar="TWIN_DIR")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="YEAR")
    parser.add_argument("--to", dest="last", type=int, default=9999, metavar="YEAR")
    options = parser.parse_args()
    try:
        check_pairs(options.arm, options.twin)
        rows = table(options.arm, options.twin, options.first, options.last)
        writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
        sys.stdout.flush()
    except Refused as error:
        sys.exit(f"cost_effectiveness.py: {error}")
    except BrokenPipeError:  # somebody looks at the first lines only
        sys.stdout = None
    except (OSError, ValueError, KeyError) as error:
        print(f"cost_effectiveness.py: {error}", file=sys.stderr)
        sys.exit(74 if isinstance(error, OSError) else 65)


if __name__ == "__main__":
    main()
