#!/usr/bin/env python3
"""Draws the household whose path docs/government.md tells: its income, what cadres verified, the lines, its standing.

    plot_household_path.py -o docs/figures/household_path.svg

Reads the table between the marks `household` of the page; the picture is the same bytes for the same table and
the same version of matplotlib.
"""
import argparse
import pathlib
import re

import matplotlib

matplotlib.use("Agg")  # draws to a file and needs no screen
matplotlib.rcParams["svg.hashsalt"] = "terrace"
matplotlib.rcParams["svg.fonttype"] = "none"
import matplotlib.pyplot as plt

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "government.md"
SHADES = {"registered": "#f2c14e", "relapsed": "#e07a5f", "watched": "#81b29a", "struck off": "#c9ada7"}


def stations(page):
    """One dictionary a year, by the table's own headings."""
    table = re.search(r"<!-- household -->\n(.*?)<!-- end of household -->", page, re.S)[1].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return [dict(zip(cells[0], row)) for row in cells[2:]]


def numbers(path, column):
    return [float(s[column]) if s[column] else float("nan") for s in path]


def draw(path, output):
    years = [int(s["Year"]) for s in path]
    figure, axes = plt.subplots(figsize=(9, 4.5), layout="constrained")
    seen = set()
    for year, station in zip(years, path):
        standing = station["On the register"]
        if standing in SHADES:
            label = None if standing in seen else standing
            axes.axvspan(year - 0.5, year + 0.5, color=SHADES[standing], alpha=0.35, lw=0, label=label)
            seen.add(standing)
    axes.plot(years, numbers(path, "Income"), "o-", color="black", label="true income a resident")
    axes.plot(years, numbers(path, "z"), color="tab:blue", label="poverty line z")
    axes.plot(years, numbers(path, "x"), "--", color="tab:blue", label="exit line x")
    fresh = [s["Verified"] if k == 0 or s["Verified"] != path[k - 1]["Verified"] else "" for k, s in enumerate(path)]
    verified = [float(v) if v else float("nan") for v in fresh]
    axes.plot(years, verified, "x", color="tab:red", markersize=9, mew=2, label="as the register saw it")
    served = ""
    for year, station in zip(years, path):
        if station["Served by"] != served:
            served = station["Served by"]
            text = served.replace(", ", "\n").replace("_", " ") or "no measure"
            axes.text(year, 0.02, text, transform=axes.get_xaxis_transform(), ha="center", va="bottom", fontsize=7)
    axes.set_ylim(bottom=0)
    axes.set_xticks(years)
    axes.set_ylabel("yuan a resident and year, nominal")
    axes.legend(loc="upper left", fontsize=8)
    figure.savefig(output, metadata={"Date": None} if str(output).endswith(".svg") else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=pathlib.Path, default=PAGE)
    parser.add_argument("-o", "--output", type=pathlib.Path, default=pathlib.Path("household_path.svg"))
    options = parser.parse_args()
    draw(stations(options.page.read_text(encoding="utf-8")), options.output)


if __name__ == "__main__":
    main()
