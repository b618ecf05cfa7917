"""Checks docs/policies.md against the program: every module has its section, with the facts and the
parameter table that `terrace list` prints. With --write it puts them right instead."""

import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("TERRACE_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
PROGRAM = os.environ.get("TERRACE_PROGRAM", str(ROOT / "build/release/terrace"))
PAGE = ROOT / "docs" / "policies.md"

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


def section_of(page, name):
    found = re.search(rf"^## `{re.escape(name)}`.*?(?=^## |\Z)", page, re.S | re.M)
    return found[0] if found else None


def main():
    page = PAGE.read_text()
    policies, parameters = listed("policies"), listed("parameters")
    wrong = []
    for policy in policies:
        name = policy["name"]
        section = section_of(page, name)
        if section is None:
            wrong.append(f"{name}: has no section '## `{name}`'")
            continue
        new = re.sub(r"^Allocation: .*$", lambda _: facts(policy), section, flags=re.M)
        new = re.sub(r"^\| Parameter \|.*?(?=^\s*$|\Z)", lambda _: table(policy, parameters) + "\n", new,
                     flags=re.S | re.M)
        for what, text in (("facts", facts(policy)), ("table", table(policy, parameters))):
            if text not in section:
                wrong.append(f"{name}: the {what} should read\n{text}")
        if "--write" in sys.argv:
            page = page.replace(section, new)
    known = {policy["name"] for policy in policies}
    for name in re.findall(r"^## `([^`]+)`", page, re.M):
        if name not in known:
            wrong.append(f"{name}: has a section, but there is no such policy")
    if "--write" in sys.argv:
        PAGE.write_text(page)
        return 0
    print("\n".join(wrong) or f"{len(policies)} sections agree with the program")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
