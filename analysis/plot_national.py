#!/usr/bin/env python3
"""Draws the national series of one or more runs: one picture of eight panels.

    plot_national.py results/tpa-1a2b3c4d results/none-5e6f7a8b -o national.png

Lines are means over replicates, bands reach from the lowest replicate to the highest. Flows, such
as exits, are sums over calendar years. Of burn-in only the last year is shown, unless --all-months
is given.
"""
import argparse
import os
import re
import sys

import matplotlib

matplotlib.use("Agg")  # draws to a file and needs no screen
import matplotlib.pyplot as plt
import xarray as xr

COMPONENTS = ["farm", "local_wage", "migrant_wage", "transfer", "property"]
RUN_STYLES = ["-", "--", ":", "-."]


def series(data, name, scale):
    """Time in years and replicate x time values; a flow is summed to years."""
    values = data[name] * scale
    if "time: sum" in data[name].attrs.get("cell_methods", ""):
        yearly = values.groupby("time.year").sum("time", skipna=False)
        return yearly["year"].values + 0.5, yearly.transpose("replicate", "year").values
    time = values["time"].dt.year + (values["time"].dt.month - 0.5) / 12
    return time.values, values.transpose("replicate", "time").values


def draw(axes, data, name, label, color, style, scale=1.0):
    if name not in data:
        return
    years, values = series(data, name, scale)
    axes.plot(years, values.mean(axis=0), style, color=color, label=label, linewidth=1.3)
    if len(values) > 1:
        axes.fill_between(years, values.min(axis=0), values.max(axis=0), color=color, alpha=0.15,
                          linewidth=0)


def unit_of(runs, names):
    for _, data in runs:
        for name in names:
            if name in data:
                return data[name].attrs.get("units", "")
    return None


def panel(axes, runs, title, names, labels=None, percent=False):
    """One name: colours are runs. Several names: colours are names, line styles are runs."""
    unit = unit_of(runs, names)
    if unit is None:
        axes.text(0.5, 0.5, "not recorded", ha="center", va="center", transform=axes.transAxes)
    for r, (label, data) in enumerate(runs):
        for n, name in enumerate(names):
            if len(names) == 1:
                draw(axes, data, name, label, f"C{r % 10}", "-", 100.0 if percent else 1.0)
            else:
                draw(axes, data, name, labels[n] if r == 0 else None, f"C{n % 10}",
                     RUN_STYLES[r % len(RUN_STYLES)], 100.0 if percent else 1.0)
    axes.set_title(title, fontsize=10)
    axes.set_ylabel("%" if percent else (unit or ""), fontsize=8)
    axes.set_ylim(bottom=0)
    axes.tick_params(labelsize=8)
    axes.grid(alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=6, frameon=False)


def open_run(folder, all_months):
    path = os.path.join(folder, "trajectories.h5")
    with xr.open_dataset(path, group="national") as opened:
        data = opened.load()
    if not all_months:
        burn_in_years = data["time"].dt.year.where(data["burn_in"] == 1)
        if burn_in_years.notnull().any():
            data = data.sel(time=data["time"].dt.year >= int(burn_in_years.max()))
    return data


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("runs", nargs="+", metavar="DIR", help="folder of a run")
    parser.add_argument("-o", "--output", default="national.png", help="picture to write")
    parser.add_argument("-l", "--label", action="append", help="name of a run, in their order")
    parser.add_argument("--all-months", action="store_true", help="show all of burn-in")
    options = parser.parse_args()
    labels = options.label or [os.path.basename(os.path.normpath(run)) for run in options.runs]
    if len(labels) != len(options.runs):
        parser.error("give --label once for each run, or not at all")
    try:
        runs = [(label, open_run(folder, options.all_months))
                for label, folder in zip(labels, options.runs)]
    except OSError as error:
        sys.exit(f"plot_national.py: {error}")

    modules = []  # in the order of the first run that has them
    for _, data in runs:
        modules += [name for name in data.data_vars
                    if re.search(r"(^|_)participants(_|$)", name) and name not in modules]
    module_labels = [re.sub(r"_?participants_?", "", name) for name in modules]

    figure, axes = plt.subplots(2, 4, figsize=(16, 7.5), layout="constrained")
    panel(axes[0, 0], runs, "Headcount ratio", ["headcount_ratio"], percent=True)
    panel(axes[0, 1], runs, "Mean income", ["mean_income"])
    panel(axes[0, 2], runs, "Income by component", ["income_" + c for c in COMPONENTS],
          [c.replace("_", " ") for c in COMPONENTS])
    panel(axes[0, 3], runs, "Inclusion and exclusion error", ["inclusion_error", "exclusion_error"],
          ["inclusion", "exclusion"], percent=True)
    panel(axes[1, 0], runs, "Registered households", ["registered_households"])
    panel(axes[1, 1], runs, "Exits a year", ["exits"])
    panel(axes[1, 2], runs, "Relapses a year", ["relapses"])
    panel(axes[1, 3], runs, "Participants by module", modules, module_labels)
    if len(runs) > 1:
        styles = [f"{label} ({RUN_STYLES[r % len(RUN_STYLES)]})"
                  for r, (label, _) in enumerate(runs)]
        figure.suptitle("   ".join(styles), fontsize=9)
    try:
        figure.savefig(options.output, dpi=130)
    except OSError as error:
        sys.exit(f"plot_national.py: {error}")
    print(options.output)


if __name__ == "__main__":
    main()
