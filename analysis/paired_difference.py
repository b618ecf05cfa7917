#!/usr/bin/env python3
"""What a change of policy does: mean difference ALT - BASE over replicates, year by year.

    paired_difference.py results/tpa-1a2b3c4d results/minus-relocation-5e6f7a8b

Replicates with the same number and seed give every household the same weather, illness and
temperament in both runs, so their difference is taken pair by pair, and the 95% interval is that
of Student's t for the mean of these differences. It covers the chance within the model, not
whether the model is right. Runs that cannot be paired are refused.
"""
import argparse
import collections
import csv
import json
import math
import os
import re
import sys

# 0.975 quantile of Student's t for 1 to 30 degrees of freedom.
T_975 = [12.70620, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.30600, 2.26216,
         2.22814, 2.20099, 2.17881, 2.16037, 2.14479, 2.13145, 2.11991, 2.10982, 2.10092, 2.09302,
         2.08596, 2.07961, 2.07387, 2.06866, 2.06390, 2.05954, 2.05553, 2.05183, 2.04841, 2.04523,
         2.04227]

FIELDS = ["region_level", "region", "region_name", "indicator", "unit", "year", "pairs", "base",
          "alt", "difference", "low", "high"]


class Refused(Exception):
    """The runs cannot be compared; the text says why."""


def t_975(freedom):
    if freedom <= len(T_975):
        return T_975[freedom - 1]
    z = 1.959963985  # the normal quantile, with the first terms of the expansion around it
    return (z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
            + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3))


def interval(differences):
    """Mean and 95% interval; the interval is NaN for a single difference."""
    count = len(differences)
    mean = math.fsum(differences) / count
    if count < 2:
        return mean, math.nan, math.nan
    variance = math.fsum((d - mean) ** 2 for d in differences) / (count - 1)
    half = t_975(count - 1) * math.sqrt(variance / count)
    return mean, mean - half, mean + half


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
    for key, meaning in [("seed", "seeds"), ("replicates", "numbers of replicates")]:
        if provenance[0].get(key) != provenance[1].get(key):
            raise Refused(f"{meaning} differ: {provenance[0].get(key)} in {base}, "
                          f"{provenance[1].get(key)} in {alt}")
    if not first_households(base) and not first_households(alt):
        raise Refused(f"neither {base} nor {alt} recorded the indicator households, by which the "
                      "populations are compared")
    if population(base) != population(alt) or first_households(base) != first_households(alt):
        raise Refused(f"the populations of {base} and {alt} differ")
    for folder, entry in zip((base, alt), provenance):
        print(f"{folder}: {entry.get('scenario')}, digest {entry.get('results_digest')}",
              file=sys.stderr)


def read_summary(folder, level, indicators):
    """{(region, indicator, year): {replicate: value}} and what there is to say of the first two."""
    values = collections.OrderedDict()
    names = {}
    with open(os.path.join(folder, "summary.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["region_level"] != level or (indicators and row["indicator"] not in indicators):
                continue
            key = (int(row["region"]), row["indicator"], int(row["year"]))
            value = float(row["value"]) if row["value"] else math.nan
            values.setdefault(key, {})[int(row["replicate"])] = value
            names[key[:2]] = (row["region_name"], row["unit"])
    if not values:
        raise Refused(f"{folder}/summary.csv has no such figures for level {level}")
    return values, names


def compare(base_folder, alt_folder, level, indicators):
    base, names = read_summary(base_folder, level, indicators)
    alt, _ = read_summary(alt_folder, level, indicators)
    one_sided = sorted({key[1] for key in base.keys() ^ alt.keys()})
    if one_sided:
        print("only partly in both runs: " + ", ".join(one_sided), file=sys.stderr)
    place = {name: i for i, name in enumerate(dict.fromkeys(key[1] for key in base))}
    rows = []
    for key in sorted(base.keys() & alt.keys(), key=lambda k: (k[0], place[k[1]], k[2])):
        pairs = [(b, alt[key][r]) for r, b in base[key].items()
                 if r in alt[key] and not math.isnan(b) and not math.isnan(alt[key][r])]
        if not pairs:
            continue
        mean, low, high = interval([a - b for b, a in pairs])
        name, unit = names[key[:2]]
        rows.append(dict(zip(FIELDS, [
            level, key[0], name, key[1], unit, key[2], len(pairs),
            math.fsum(b for b, _ in pairs) / len(pairs),
            math.fsum(a for _, a in pairs) / len(pairs), mean, low, high])))
    return rows


def print_table(rows):
    regions = len({row["region"] for row in rows}) > 1
    width = max(len(row["indicator"]) for row in rows)
    print(f"{'indicator':<{width}} year {'base':>12} {'alt':>12} {'difference':>12} "
          f"{'95% interval':>27}  unit" + ("  region" if regions else ""))
    for row in rows:
        bounds = "one replicate, no interval"
        sign = " "
        if not math.isnan(row["low"]):
            bounds = f"[{row['low']:.5g}, {row['high']:.5g}]"
            sign = "*" if row["low"] > 0 or row["high"] < 0 else " "
        print(f"{row['indicator']:<{width}} {row['year']} {row['base']:>12.6g} {row['alt']:>12.6g} "
              f"{row['difference']:>12.5g} {bounds:>27}{sign} {row['unit']}"
              + (f"  {row['region_name']}" if regions else ""))
    print("* the interval does not hold 0")


def write_csv(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: "" if value != value else value for name, value in row.items()})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("base", metavar="BASE_DIR")
    parser.add_argument("alt", metavar="ALT_DIR")
    parser.add_argument("-i", "--indicator", action="append", default=[],
                        help="only this one (may be repeated)")
    parser.add_argument("--level", choices=["national", "province", "county"], default="national")
    parser.add_argument("--csv", metavar="FILE", help="write the table to a file as well")
    options = parser.parse_args()
    try:
        check_pairs(options.base, options.alt)
        rows = compare(options.base, options.alt, options.level, set(options.indicator))
        if not rows:
            raise Refused("the two runs share no figures")
        if options.csv:
            write_csv(options.csv, rows)
        print_table(rows)
        sys.stdout.flush()
    except Refused as error:
        sys.exit(f"paired_difference.py: {error}")
    except BrokenPipeError:  # somebody looks at the first lines only
        sys.stdout = None
    except (OSError, ValueError, KeyError) as error:
        print(f"paired_difference.py: {error}", file=sys.stderr)
        sys.exit(74 if isinstance(error, OSError) else 65)


if __name__ == "__main__":
    main()
