"""docs/tutorial.md followed literally (console_page.py says how).

    python3 tests/docs/tutorial_slow_test.py            compare
    python3 tests/docs/tutorial_slow_test.py --write    write what was printed into the page, and renew its pictures
"""
import sys

from console_page import check

if __name__ == "__main__":
    sys.exit(check("docs/tutorial.md"))
