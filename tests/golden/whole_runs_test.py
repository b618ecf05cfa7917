"""Whole runs of shipped scenarios give the digests of digests.txt, `mini` with any threads."""

import os
import sys
import time

import golden

program = os.environ["TERRACE_PROGRAM"]
known = golden.known()
wrong = []
if set(known) != set(golden.RUNS):
    wrong.append(f"digests.txt and RUNS differ: {sorted(set(known) ^ set(golden.RUNS))}")

for name in golden.RUNS:
    for threads in (1, 2, 3, 7) if name == "mini" else (2,):
        started = time.monotonic()
        digest = golden.digest_of(program, name, threads)
        seconds = time.monotonic() - started
        print(f"{name}, {threads} threads: {digest}, {seconds:.1f} s", flush=True)
        if digest != known.get(name):
            wrong.append(f"{name}, {threads} threads: {digest} instead of {known.get(name)}")

# All of these runs differ, so that each could be told from the others.
if len(set(known.values())) != len(known):
    wrong.append("two runs have the same digest")

if wrong:
    print("\n".join(["", *wrong, "", golden.__doc__]))
    sys.exit(1)
