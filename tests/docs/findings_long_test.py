"""docs/findings.md followed literally (console_page.py says how): its studies are run, some 1,400 runs.

    python3 tests/docs/findings_long_test.py            compare
    python3 tests/docs/findings_long_test.py --write    write what was printed into the page, and renew its pictures
"""
import sys

from console_page import check

if __name__ == "__main__":
    sys.exit(check("docs/findings.md"))
