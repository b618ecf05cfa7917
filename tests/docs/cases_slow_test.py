"""The pages of docs/cases: every command runs, and prints what its page says it prints.

    python3 tests/docs/cases_slow_test.py [NAME ...]            compare
    python3 tests/docs/cases_slow_test.py --write [NAME ...]    write what was printed into the pages

Pages are read as console_page.py says. Every case of the sources must have one that runs its scenario.
What the text quotes with its standard error must stand among what the commands print.
"""
import re
import sys

from console_page import SOURCE, check

PAGES = SOURCE / "docs/cases"
CASES = ["cliff-village", "danyang", "he-family", "tongren-suzhou", "wangjia"]


def quoted_elsewhere(text):
    """Figures with their errors in the text that no command of the page prints."""
    printed = " ".join(re.findall(r"^```console$.*?^```$", text, re.S | re.M)).split()
    pairs = {" ".join(pair) for pair in zip(printed, printed[1:])}
    figures = re.findall(r"\d[\d,.]* \(\d[\d,.]*\)", text.split("## Where they part")[1])
    return [figure for figure in figures if figure not in pairs and "-" + figure not in pairs]


def main():
    names = [word for word in sys.argv[1:] if word != "--write"] or CASES
    found = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")
    assert found == CASES, f"pages of {found}, cases {CASES}"
    wrong = 0
    for name in names:
        page = PAGES / f"{name}.md"
        assert f"$ terrace run {name} " in page.read_text(encoding="utf-8"), f"{page} does not run its scenario"
        wrong += check(page)
        for figure in [] if "--write" in sys.argv else quoted_elsewhere(page.read_text(encoding="utf-8")):
            print(f"{page.name}: the text quotes {figure}, which no command prints")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
