"""Whole runs whose results are known: what is run, and how its digests are read.

The digests stand in digests.txt, one line a run. They change only on purpose: when the model or the
data of a shipped scenario have been changed, look at what has changed in the results, then run

    python3 tests/golden/update.py PROGRAM

with the program of any build (its path, build/release/terrace say), and commit digests.txt together
with the change that made it necessary. All compilers and flags must give the same digests, so a
difference between two builds of one source is an error, never a reason to update.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parent.parent / "scenarios"
DIGESTS = HERE / "digests.txt"

# Small samples: an unoptimised build has to get through all of them in less than a minute.
SHORT = ["time.start=2012-01"]
SMALL = SHORT + [
    "population.provinces=[Guizhou, Hunan, Hebei]",
    "population.sample.counties=0.02",
    "population.sample.villages=0.004",
]
MINI = ["time.start=2011-01", "population.sample.villages=0.002"]

ARMS = ["tpa", "none"] + [
    f"{kind}-{module}"
    for kind in ("minus", "only")
    for module in ("industry", "relocation", "ecological-posts", "education", "allowance", "housing",
                   "infrastructure")
]

# Name of the run: scenario and settings. The whole of `teach` and `danyang`, samples of the others.
RUNS = {
    "teach": ("teach", []),
    "danyang": ("danyang", []),
    "mini": ("mini", MINI),
    "mini-two-replicates": ("mini", MINI + SHORT + ["time.end=2015-12", "run.replicates=2"]),
    **{f"{arm}-sample": (arm, SMALL) for arm in ARMS},
}


def digest_of(program, name, threads=1):
    """Runs one of RUNS and returns the digest that the program prints."""
    scenario, settings = RUNS[name]
    with tempfile.TemporaryDirectory(prefix="terrace-golden-") as folder:
        command = [program, "run", str(SCENARIOS / f"{scenario}.yaml"), "--quiet"]
        command += ["--threads", str(threads), "-o", str(pathlib.Path(folder) / "out")]
        for setting in settings:
            command += ["--set", setting]
        environment = dict(os.environ, TERRACE_SCENARIOS=str(SCENARIOS))
        result = subprocess.run(command, capture_output=True, text=True, env=environment)
    found = re.search(r"^digest: ([0-9a-f]{32})$", result.stdout, re.MULTILINE)
    if result.returncode != 0 or not found:
        sys.exit(f"{' '.join(command)}\nended with {result.returncode}\n{result.stderr}")
    return found.group(1)


def known():
    """Digests by name, as digests.txt has them."""
    lines = DIGESTS.read_text().splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))
