#!/usr/bin/env python3
"""Puts the tables that test_validation prints into docs/validation.md and docs/government.md, with --write; without it says
which are out of date. With --all also those of the long tests. With --set A.B=VALUE (any number of
times) only shows what the arm without a programme does at other settings. The tests themselves refuse a
page that is not what they print."""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [ROOT / "docs" / name for name in ("validation.md", "government.md")]


def tables(program, tests, settings=()):
    """The tables by name, whether or not the tests that print them pass."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERRACE_VALIDATION_DIR": folder}
        if settings:
            environment["TERRACE_VALIDATION_SETS"] = "\n".join(settings)
        subprocess.run([program, "--gtest_brief=1", "--gtest_filter=" + tests], env=environment,
                       stdout=subprocess.DEVNULL, check=False)
        return {file.stem: file.read_text() for file in sorted(pathlib.Path(folder).glob("*.md"))}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the page right")
    parser.add_argument("--all", action="store_true", help="run the long tests too")
    parser.add_argument("--program", default=str(ROOT / "build/release/tests/test_validation"))
    parser.add_argument("--set", action="append", default=[], metavar="A.B=VALUE", help="try a setting")
    options = parser.parse_args()
    if options.set:
        print(tables(options.program, "NoneSlow.*", options.set).get("none", "refused"))
        return 0
    texts = {page: page.read_text() for page in PAGES}
    stale = []
    found = tables(options.program, "*" if options.all else "-*Long.*")
    if not found:
        sys.exit(f"{options.program} printed no table")
    for name, text in found.items():
        marked = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end of {re.escape(name)} -->)", re.S)
        page = next((page for page, old in texts.items() if marked.search(old)), None)
        if not page:
            sys.exit(f"no page has a place for {name}")
        new = marked.sub(lambda m, text=text: m[1] + text + m[2], texts[page])
        if new != texts[page]:
            stale.append(name)
        texts[page] = new
    if options.write:
        for page, text in texts.items():
            page.write_text(text)
    print("out of date: " + ", ".join(stale) if stale else f"{len(found)} tables agree with the program")
    return 1 if stale and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())
