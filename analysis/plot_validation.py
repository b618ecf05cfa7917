#!/usr/bin/env python3
"""Draws docs/validation.md: where each figure of the arm without a programme lies in the band asked of it.

    plot_validation.py -o validation.png

Every band is drawn equally wide, so that figures of different units stand side by side; those that miss
are red.
"""
import argparse
import pathlib
import re

import matplotlib

matplotlib.use("Agg")  # draws to a file and needs no screen
import matplotlib.pyplot as plt

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "validation.md"
MARGIN = 1.5  # band widths shown on either side; what lies farther out is drawn at the edge


def lines(page):
    """Name, lower and upper end of the band, value: of every line of the first table."""
    table = re.search(r"<!-- none -->\n(.*?)<!-- end of none -->", page, re.S)[1]
    for line in table.splitlines()[2:]:
        name, asked, got, _ = [cell.strip() for cell in line.strip("|").split("|")]
        low, high = asked.split(" to ")
        yield name, float(low), float(high), float(got)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=pathlib.Path, default=PAGE)
    parser.add_argument("-o", "--output", default="validation.png")
    options = parser.parse_args()
    found = list(lines(options.page.read_text(encoding="utf-8")))[::-1]
    figure, axes = plt.subplots(figsize=(9, 0.34 * len(found) + 1), layout="constrained")
    axes.axvspan(0, 1, color="0.88", label="asked")
    for row, (name, low, high, got) in enumerate(found):
        place = (got - low) / (high - low)
        shown = min(max(place, -MARGIN), 1 + MARGIN)
        axes.plot(shown, row, "o", color="tab:blue" if low <= got <= high else "tab:red")
        axes.annotate(f"{got:g}", (shown, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(range(len(found)), [name for name, *_ in found], fontsize=8)
    axes.set_xticks([0, 1], ["lower end", "upper end"])
    axes.set_xlim(-MARGIN - 0.2, 1 + MARGIN + 0.4)
    axes.legend(loc="upper right", fontsize=8)
    figure.savefig(options.output, dpi=150)


if __name__ == "__main__":
    main()
