"""docs/clusters.md has no command that no test runs: every block has a name that a test below
tests/cluster/ runs, and every test runs blocks that are there."""
import os
import re
import sys
from pathlib import Path

SOURCE = Path(os.environ["TERRACE_SOURCE_DIR"])


def main():
    page = (SOURCE / "docs" / "clusters.md").read_text(encoding="utf-8")
    infos = re.findall(r"^```(\w.*)$", page, re.MULTILINE)
    named = {info.split()[1].removeprefix("name=") for info in infos if " " in info}
    tests = "\n".join(path.read_text(encoding="utf-8")
                      for path in sorted((SOURCE / "tests" / "cluster").glob("*_test.py")))
    run = set(re.findall(r'(?:recipe\(|start\(|blocks\[)"([^"]+)"', tests))
    wrong = [f"a block without a name: ```{info}" for info in infos if " " not in info]
    wrong += [f"no test runs the block {name}" for name in sorted(named - run)]
    wrong += [f"a test runs {name}, which is not on the page" for name in sorted(run - named)]
    wrong += ["the page has no blocks"] if not named else []
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
