"""The tables of docs/microdata.md list the columns that the program reads, as `terrace list survey` gives them."""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(os.environ["TERRACE_SOURCE_DIR"])
PAGE = ROOT / "docs/microdata.md"


def accepted(column):
    text, unit = column["accepted"], column["unit"]
    if text.startswith("one of: "):
        text = ", ".join(f"`{word}`" for word in text.removeprefix("one of: ").split(", "))
    return text if not unit or unit in text else f"{text} ({unit})"


def table(columns):
    rows = ["| Column | Accepted | Meaning | Where the column or a value is missing |", "|---|---|---|---|"]
    for column in columns:
        name = f"`{column['name']}`"
        if column["required"] == "yes":
            name = f"**{name}**"
        rows.append(f"| {name} | {accepted(column)} | {column['meaning']} | {column['missing']} |")
    return "\n".join(rows) + "\n"


def main():
    environment = {**os.environ, "TERRACE_SCENARIOS": str(ROOT / "scenarios")}
    listed = json.loads(subprocess.check_output([os.environ["TERRACE_PROGRAM"], "list", "survey", "--json"],
                                                env=environment))
    page = PAGE.read_text()
    wrong = 0
    for title in ("households", "persons"):
        due = f"### {title.capitalize()}\n\n" + table(c for c in listed if c["table"] == title)
        if due not in page:
            print(f"{PAGE} should hold:\n\n{due}")
            wrong += 1
    return 1 if wrong or len(listed) < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
