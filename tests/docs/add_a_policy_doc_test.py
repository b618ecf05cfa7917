"""Checks docs/add-a-policy.md: its blocks are the files of tests/install, which the test `install` builds and
runs by the page's commands, and the members of the public types that it names exist."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("TERRACE_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
FILES = {"cpp": "main.cpp", "cmake": "CMakeLists.txt", "yaml": "pension.yaml.in", "sh": "commands.sh"}
MOST_LINES = 80


def lines_of(text):
    """Without blank lines, which part the blocks of a file on the page."""
    return [line for line in text.splitlines() if line.strip()]


def files_differ(page):
    wrong = 0
    for language, name in FILES.items():
        blocks = re.findall(rf"^```{language}\n(.*?)^```", page, re.S | re.M)
        file = (ROOT / "tests" / "install" / name).read_text()
        if lines_of("\n".join(blocks)) == lines_of(file):
            continue
        wrong += 1
        print(f"the blocks of {language} in docs/add-a-policy.md are not tests/install/{name}")
    return wrong


def main():
    page = (ROOT / "docs" / "add-a-policy.md").read_text()
    wrong = files_differ(page)
    program = (ROOT / "tests" / "install" / "main.cpp").read_text()
    if len(program.splitlines()) >= MOST_LINES:
        wrong += 1
        print(f"tests/install/main.cpp has {MOST_LINES} lines or more")
    header = "".join((ROOT / "include" / "terrace" / name).read_text() for name in ("policy.hpp", "policy_month.hpp"))
    fields = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.M)
    named = re.findall(r"\bnow\.(\w+)", page) + re.findall(r"`(\w+)`", " ".join(fields))
    unknown = sorted({name for name in named if not re.search(rf"\b{name}\b", header)})
    for name in unknown:
        print(f"docs/add-a-policy.md names {name}, which neither policy.hpp nor policy_month.hpp has")
    return 1 if wrong or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
