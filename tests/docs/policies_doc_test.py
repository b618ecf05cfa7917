"""Checks docs/policies/ against the program: every module has its page, with the facts and the
parameter table that `terrace list` prints. With --write it puts them right instead."""

import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("TERRACE_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
PROGRAM = os.environ.get("TERRACE_PROGRAM", str(ROOT / "build/release/terrace"))
PAGES = ROOT / "docs" / "policies"

ALLOCATION = {
    "walk": "the county's walk (expected exits per yuan)",
    "places": "national places, the most urgent first",
    "entitlement": "an entitlement: whoever is eligible and claims",
    "guarantee": "national places, those nearest to exit first",
    "works": "works of whole villages, out of what the pool sets aside",
    "grant": "national money of the year in equal parts",
}
MONEY = {
    "pool": "the county's pool of the special fund",
    "relocation": "relocation money, sent with each place",
    "line": "a line of its own, filled as it pays",
}


def listed(what):
    environment = {**os.environ, "TERRACE_SCENARIOS": str(ROOT / "scenarios")}
    return json.loads(subprocess.check_output([PROGRAM, "list", what, "--json"], env=environment))


def number(value):
    return str(int(value)) if value == int(value) else repr(value)


def facts(policy):
    places = ", ".join(f"`{name}`" for name in policy["series"])
    return (f"Allocation: {ALLOCATION[policy['allocation']]}. Money: {MONEY[policy['money']]}. "
            f"From {policy['from']}, unless YAML says otherwise." + (f" Series: {places}." if places else ""))


def table(policy, parameters):
    prefix = f"policies.{policy['name']}."
    rows = ["| Parameter | Unit | Default | Range | Meaning | Source |", "|---|---|---|---|---|---|"]
    for p in parameters:
        if p["name"].startswith(prefix):
            cells = [f"`{p['name'][len(prefix):]}`", p["unit"], number(p["default"]),
                     f"{number(p['low'])} to {number(p['high'])}", p["meaning"], p["source"]]
            rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def catalogue(policies):
    rows = ["| Module | What | Allocation | Money | Measures it carries out | From |", "|---|---|---|---|---|---|"]
    for p in policies:
        measures = ", ".join(m.replace("_", " ") for m in p["measures"]) or "none: outside the plans"
        rows.append(f"| [`{p['name']}`]({p['name']}.md) | {p['title']} | {p['allocation']} | {p['money']} | "
                    f"{measures} | {p['from']} |")
    return "\n".join(rows)


PARTS = ("Mechanism", "Multipliers", "Null", "Evidence", "Assumed")


def main():
    policies, parameters = listed("policies"), listed("parameters")
    wrong = []
    for policy in policies:
        name = policy["name"]
        path = PAGES / f"{name}.md"
        page = path.read_text() if path.exists() else ""
        if not page.startswith(f"# `{name}`: "):
            wrong.append(f"{name}: has no page docs/policies/{name}.md with the title '# `{name}`: ...'")
            continue
        new = re.sub(r"^Allocation: .*$", lambda _: facts(policy), page, flags=re.M)
        new = re.sub(r"^\| Parameter \|.*?(?=^\s*$|\Z)", lambda _: table(policy, parameters) + "\n", new,
                     flags=re.S | re.M)
        for what, text in (("facts", facts(policy)), ("table", table(policy, parameters))):
            if text not in page:
                wrong.append(f"{name}: the {what} should read\n{text}")
        for part in PARTS:
            if not re.search(rf"^\*\*{part}\.\*\* \S", page, re.M):
                wrong.append(f"{name}: says nothing under **{part}.**")
        if "--write" in sys.argv:
            path.write_text(new)
    known = {policy["name"] for policy in policies}
    for path in PAGES.glob("*.md"):
        if path.stem not in known | {"README"}:
            wrong.append(f"{path.stem}: has a page, but there is no such policy")
    readme = PAGES / "README.md"
    text = readme.read_text()
    if catalogue(policies) not in text:
        wrong.append(f"README: the table of modules should read\n{catalogue(policies)}")
    if "--write" in sys.argv:
        readme.write_text(re.sub(r"^\| Module \|.*?(?=^\s*$|\Z)", lambda _: catalogue(policies) + "\n", text,
                                 flags=re.S | re.M))
        return 0
    print("\n".join(wrong) or f"{len(policies)} pages agree with the program")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
