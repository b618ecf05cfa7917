"""Runs scripts of analysis/ on made-up runs. Called by readers_test.cpp: SOURCE_DIR BASE ALT."""
import csv
import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys

SOURCE, BASE, ALT = sys.argv[1:4]
SCRIPT = os.path.join(SOURCE, "analysis", "paired_difference.py")


def script(*arguments):
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)


def rewrite(folder, name, change):
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(change(text))


def refused(name, change, why):
    copy = ALT + "-changed"
    shutil.copytree(ALT, copy)
    rewrite(copy, name, change)
    result = script(BASE, copy)
    shutil.rmtree(copy)
    assert result.returncode == 1 and why in result.stderr, result.stderr


def change_json(**changes):
    return lambda text: json.dumps(json.loads(text) | changes)


def check_numbers():
    """Twice the base, so that the difference is the base itself."""
    def double(text):
        rows = list(csv.reader(text.splitlines()))
        for row in rows[1:]:
            if "households" in row[:-2]:
                continue
            row[-1] = repr(2 * float(row[-1])) if row[-1] else ""
        return "\n".join(",".join(f'"{f}"'.replace('""', '""""') if "," in f else f for f in row)
                         for row in rows) + "\n"
    rewrite(ALT, "summary.csv", double)
    table = BASE + ".csv"
    result = script(BASE, ALT, "--csv", table, "-i", "headcount_ratio", "-i", "indicator_1")
    assert result.returncode == 0, result.stderr
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["indicator"] for row in rows} == {"headcount_ratio", "indicator_1"}
    with open(os.path.join(BASE, "summary.csv"), encoding="utf-8", newline="") as file:
        base = [row for row in csv.DictReader(file) if row["region_level"] == "national"]
    for row in rows:
        values = [float(b["value"]) for b in base
                  if b["indicator"] == row["indicator"] and b["year"] == row["year"] and b["value"]]
        assert len(values) == int(row["pairs"])
        mean = sum(values) / len(values)
        assert math.isclose(float(row["difference"]), mean)
        if len(values) == 2:  # one degree of freedom: tan(0.475 pi) times half the distance
            half = math.tan(0.475 * math.pi) * abs(values[0] - values[1]) / 2
            assert math.isclose(float(row["high"]), mean + half, rel_tol=1e-5)
            assert math.isclose(float(row["low"]), mean - half, rel_tol=1e-5)


def check_quantiles():
    """Integrates the density of Student's t up to the quantile."""
    spec = importlib.util.spec_from_file_location("paired_difference", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for freedom in [*range(1, 31), 31, 40, 60, 99, 500]:
        scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
        scale /= math.sqrt(freedom * math.pi)
        steps, end = 4000, module.t_975(freedom)
        area = sum((1 if i in (0, steps) else 4 if i % 2 else 2)
                   * (1 + (end * i / steps) ** 2 / freedom) ** (-(freedom + 1) / 2)
                   for i in range(steps + 1)) * end / steps / 3
        assert abs(0.5 + scale * area - 0.975) < 2e-6, freedom


def main():
    check_quantiles()
    result = script(BASE, ALT)
    assert result.returncode == 1 and "recorded" in result.stderr, result.stderr
    for folder in (BASE, ALT):
        rewrite(folder, "summary.csv", lambda t: t + "0,2013,national,0,China,households,x,5\n")
    refused("provenance.json", change_json(seed="7"), "seeds differ")
    refused("provenance.json", change_json(replicates=9), "numbers of replicates differ")
    refused("summary.csv", lambda t: t + "0,2012,national,0,China,households,x,7\n", "populations")
    refused("scenario.resolved.yaml", lambda t: t + "population:\n  sample: 1\n", "populations")
    check_numbers()
    missing = script(BASE, ALT + "-nowhere")
    assert missing.returncode == 74 and "nowhere" in missing.stderr


if __name__ == "__main__":
    main()
