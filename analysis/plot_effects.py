#!/usr/bin/python3
"""Draws what measures do alone and what is lost without them, from two folders of `terrace effects`.

    plot_effects.py ALONE LEFT_OUT --outputs headcount_ratio@2020,mean_income@2020 -o modules.svg

ALONE has the levels only-X less a base, LEFT_OUT the levels minus-X less another. What is lost without X is drawn with the sign
turned round, so that both marks lie where X itself moves the figure; bars are the intervals of the tables. Pale: the interval holds 0.
"""
import argparse
import csv
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "terrace"  # the same bytes each time
import matplotlib.pyplot as plt  # noqa: E402

ARMS = (("only-", 1.0, "alone", "#1f5fa8"), ("minus-", -1.0, "given the rest", "#c8500a"))


def effects(folder, prefix, sign):
    """By output and measure: the effect and how far its interval reaches."""
    found, units = {}, {}
    with open(Path(folder) / "effects.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["level"].startswith(prefix) or row["n"] == "0":
                continue
            factor = 100.0 if row["unit"] == "1" else 1.0
            reach = 0.5 * (float(row["high"]) - float(row["low"]))
            units[row["output"]] = "% points" if row["unit"] == "1" else row["unit"]
            found.setdefault(row["output"], {})[row["level"][len(prefix):]] = (
                sign * factor * float(row["difference"]), factor * reach)
    return found, units


def draw(outputs, tables, units, path):
    names = sorted({name for table in tables for output in outputs for name in table[output]},
                   key=lambda name: -abs(tables[0][outputs[0]].get(name, (0.0, 0.0))[0]))
    figure, panels = plt.subplots(1, len(outputs), figsize=(3.2 * len(outputs) + 1.6, 6.2),
                                  sharey=True, squeeze=False)
    for panel, output in zip(panels[0], outputs):
        panel.axvline(0.0, color="#999999", linewidth=0.8)
        for k, (table, (_, _, label, colour)) in enumerate(zip(tables, ARMS)):
            for place, name in enumerate(names):
                if name not in table[output]:
                    continue
                mean, reach = table[output][name]
                panel.errorbar([mean], [place + 0.18 * (2 * k - 1)], xerr=[reach], fmt="o",
                               markersize=3.5, linewidth=1.0, color=colour,
                               alpha=1.0 if abs(mean) > reach else 0.35,
                               label=label if place == 0 else None)
        panel.set_title(output, fontsize=9)
        panel.set_xlabel(units[output], fontsize=8)
        panel.tick_params(labelsize=8)
    panels[0][0].set_yticks(range(len(names)), names)
    panels[0][0].invert_yaxis()
    panels[0][-1].legend(fontsize=8, loc="lower right")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if str(path).endswith(".svg") else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("alone")
    parser.add_argument("left_out")
    parser.add_argument("--outputs", required=True)
    parser.add_argument("-o", "--output", required=True)
    words = parser.parse_args()
    outputs = words.outputs.split(",")
    both = [effects(folder, prefix, sign) for folder, (prefix, sign, _, _) in
            zip((words.alone, words.left_out), ARMS)]
    for (found, _), (prefix, *_), folder in zip(both, ARMS, (words.alone, words.left_out)):
        missing = [output for output in outputs if output not in found]
        if missing:
            parser.error(f"{folder} has no {prefix}* of {', '.join(missing)}")
    draw(outputs, [found for found, _ in both], both[0][1], words.output)


if __name__ == "__main__":
    main()
