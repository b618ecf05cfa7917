"""A page of the documentation followed literally: every command runs, and prints what the page says it prints.

A block ```console holds commands after "$ " and what they print; a block with `file=NAME` in its
first line is a file that the reader saves. Times, memory and numbers of threads differ from machine to
machine: where they stand, any number of the same unit will do. A line "..." stands for any lines.
Pictures that a page's commands draw are named after it, such as tutorial_*.svg, and lie in docs/figures.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ.get("TERRACE_SOURCE_DIR", Path(__file__).parents[2]))
PROGRAM = Path(os.environ.get("TERRACE_PROGRAM", SOURCE / "build/release/terrace"))
HOME = "/home/you/terrace"  # where the reader of the page works
VOLATILE = [
    (r"^time: about .*", "time: <time>"),
    (r"\b\d+ h \d+ min\b|\b\d+ min \d+ s\b|\b\d+(\.\d+)? s\b", "<time>"),
    (r"\b[\d.,]+ ([kMG]?B|bytes)\b", "<size>"),
    (r"\b\d+ threads?\b", "<threads>"),
    (r"\b[\d.]+ million household-months a second\b", "<rate>"),
    (r"\([0-9a-f]{7,40}(-dirty)?\)", "(<commit>)"),
]


class Command:
    def __init__(self, line, first):
        self.text = line
        self.first = first  # line of the page after the command
        self.expected = []


def blocks(lines):
    """Gives (info, first line, lines) of every fenced block."""
    inside = None
    for number, line in enumerate(lines):
        if inside is None and line.startswith("```") and len(line) > 3:
            inside = (line[3:], number + 1)
        elif inside is not None and line == "```":
            yield inside[0], inside[1], lines[inside[1]:number]
            inside = None


def commands(first, lines):
    found = []
    for number, line in enumerate(lines):
        if line.startswith("$ "):
            found.append(Command(line[2:], first + number + 1))
        elif found and found[-1].text.endswith("\\"):
            found[-1].text = found[-1].text[:-1] + line.strip()
            found[-1].first = first + number + 1
        elif found:
            found[-1].expected.append(line)
    return found


def steady(line):
    for pattern, word in VOLATILE:
        line = re.sub(pattern, word, line)
    return line.rstrip()


def matches(expected, printed):
    """Whether the lines are alike, a line "..." being any lines."""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(matches(expected[1:], printed[k:]) for k in range(len(printed) + 1))
    return bool(printed) and steady(expected[0]) == steady(printed[0]) and matches(
        expected[1:], printed[1:])


def run(text, folder):
    environment = dict(os.environ, PATH=f"{folder}/bin:/usr/bin:/bin", COLUMNS="100",
                       TERRACE_SCENARIOS=str(SOURCE / "scenarios"), MPLBACKEND="Agg")
    done = subprocess.run(["bash", "-c", text], cwd=folder / "work", env=environment, timeout=7000,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    printed = done.stdout.replace(str(folder / "work"), HOME).replace(str(SOURCE), HOME)
    return done.returncode, [line.rstrip() for line in printed.splitlines()]


def prepare(folder):
    """A folder like a checkout that has been built."""
    (folder / "bin").mkdir()
    (folder / "bin/terrace").symlink_to(PROGRAM)
    (folder / "work").mkdir()
    (folder / "work/scenarios").symlink_to(SOURCE / "scenarios")
    (folder / "work/analysis").symlink_to(SOURCE / "analysis")


def follow(lines, folder):
    """Carries the page out. Gives, command by command, what it printed and whether that is right."""
    for info, first, body in blocks(lines):
        named = re.search(r"\bfile=(\S+)", info)
        if named:
            (folder / "work" / named[1]).write_text("\n".join(body) + "\n", encoding="utf-8")
        elif info.split()[0] == "console" and "not-run" not in info:
            for command in commands(first, body):
                status, printed = run(command.text, folder)
                yield command, status, printed


def shortened(printed, expected):
    """What was printed, cut where the page cuts: as many lines before and after its "..."."""
    if expected.count("...") != 1:
        return expected if "..." in expected else printed
    before = expected.index("...")
    after = len(expected) - before - 1
    return printed[:before] + ["..."] + printed[len(printed) - after:]


def write(page, lines, followed, folder):
    for command, _, printed in reversed(followed):
        last = command.first + len(command.expected)
        lines[command.first:last] = shortened(printed, command.expected)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for picture in folder.glob(f"work/{page.stem}_*.svg"):
        shutil.copy(picture, SOURCE / "docs/figures")


def check(page):
    """Follows a page of SOURCE; with --write in the arguments writes into it what was printed, else
    compares. Gives the status of the test."""
    page = SOURCE / page
    lines = page.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory(prefix=f"terrace-{page.stem}-") as held:
        folder = Path(held).resolve()
        prepare(folder)
        followed = list(follow(lines, folder))
        assert followed, f"{page} holds no commands"
        if "--write" in sys.argv:
            failed = [c.text for c, status, _ in followed if status]
            assert not failed, f"these failed, so nothing is written: {failed}"
            write(page, lines, followed, folder)
            return 0
    wrong = 0
    for command, status, printed in followed:
        good = matches(command.expected, printed)
        if status == 0 and good:
            continue
        wrong += 1
        print(f"{page.name}:{command.first}: $ {command.text}   (exit {status})")
        print("\n".join(difflib.unified_diff(command.expected, printed, "the page", "the program",
                                             lineterm="", n=1)))
    print(f"{len(followed)} commands, {wrong} of them wrong")
    return 1 if wrong else 0
