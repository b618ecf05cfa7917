"""Checks docs/add-a-policy.md: its worked example is the program of tests/install, line by line, and the
members of the public types that it names exist."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("TERRACE_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


def main():
    page = (ROOT / "docs" / "add-a-policy.md").read_text()
    program = (ROOT / "tests" / "install" / "main.cpp").read_text()
    example = page[: page.index("## 4.")]  # what follows is a sketch of a main function
    blocks = re.findall(r"^```cpp\n(.*?)^```", example, re.S | re.M)
    wrong = [block for block in blocks if block not in program]
    for block in wrong:
        print(f"docs/add-a-policy.md shows what tests/install/main.cpp does not have:\n{block}")
    if len(blocks) < 3:
        print("docs/add-a-policy.md has lost its example")
    header = (ROOT / "include" / "terrace" / "policy.hpp").read_text()
    fields = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.M)
    named = re.findall(r"\bnow\.(\w+)", page) + re.findall(r"`(\w+)`", " ".join(fields))
    unknown = sorted({name for name in named if not re.search(rf"\b{name}\b", header)})
    for name in unknown:
        print(f"docs/add-a-policy.md names {name}, which include/terrace/policy.hpp does not have")
    return 1 if wrong or unknown or len(blocks) < 3 else 0


if __name__ == "__main__":
    sys.exit(main())
