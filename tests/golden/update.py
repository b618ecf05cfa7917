"""Writes digests.txt anew: python3 tests/golden/update.py PROGRAM (see golden.py for when)."""

import sys

import golden

if len(sys.argv) != 2:
    sys.exit(__doc__)
before = golden.known() if golden.DIGESTS.exists() else {}
lines = ["# Digests of whole runs; see golden.py. Written by update.py, never by hand."]
for name in golden.RUNS:
    digest = golden.digest_of(sys.argv[1], name)
    lines.append(f"{name} {digest}")
    if before.get(name) != digest:
        print(f"{name}: {before.get(name, 'new')} -> {digest}")
golden.DIGESTS.write_text("\n".join(lines) + "\n")
