"""Checks what may include and call what: the layers of the tree, and what the contract on results forbids.

    core < random < population < {economy, registry, policies} < nation < engine
         < {scenario, record, parallel} < sweep < cli

Reads the sources as text, so it needs no build. Prints every breach and exits 1 if there is one.
"""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("TERRACE_SOURCE_DIR", pathlib.Path(__file__).parents[1]))

# A folder may include from its own and from lower levels; folders of one level meet in the tables.
LEVELS = [
    ["core"], ["random"], ["population"], ["economy", "registry", "policies"], ["nation"],
    ["engine"], ["scenario", "record", "parallel"], ["sweep"], ["cli"],
]
LEVEL = {folder: level for level, folders in enumerate(LEVELS) for folder in folders}
ENGINE = {folder for folder, level in LEVEL.items() if level <= LEVEL["engine"]}

# Libraries and the only folders that may include them (relative to sim/). Others: any folder of sim/.
ONLY_IN = {
    r"yaml-cpp/": {"scenario"},
    r"(H5|hdf5)\w*\.h": {"record"},
    r"Eigen/": {"population"},
    r"(CLI|fmt)/": {"cli"},
    r"nlohmann/": {"record", "sweep", "cli"},
    r"mpi\.h": {"parallel"},
}

# The shared files of sim/policies; every other file there is one policy.
POLICY_SHARED = {"builtin", "diary", "runner", "shared"}

# Not to be included by the engine or the public headers. Containers without an order and library
# distributions give other results elsewhere; threads, files and clocks are handed in from outside.
UNORDERED = r"unordered_map|unordered_set|boost/unordered.*|random|execution|ext/.*"
OUTSIDE = (
    r"thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier|stop_token"
    r"|fstream|iostream|filesystem|chrono|ctime|time\.h|unistd\.h|sys/.*|pthread\.h"
)
# Public headers of what does open files: no part of the engine includes them.
OPENS_FILES = {"run_folder.hpp", "run_reader.hpp", "sweep_results.hpp"}
# Boost's distributions that use exact arithmetic only; the others call exp, log or pow.
BOOST_RANDOM = r"boost/random/(?!(uniform_|bernoulli_|discrete_))\w+_distribution\.hpp"

LIBM = (
    r"std::(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh"
    r"|asinh|acosh|atanh|cbrt|hypot|erf|erfc|tgamma|lgamma|beta)[fl]?\b(?!\w)"
)
# Their result is left to the library where elements are equal, or altogether.
LIBRARY_ORDER = r"std::(ranges::)?(shuffle|sample|random_shuffle|reduce|transform_reduce)\b"
PRINTS_OR_EXITS = r"std::(cout|cerr|clog|exit|quick_exit|_Exit)\b|\b(printf|fprintf|puts|fputs|putchar)\s*\("
THROWS = r"\b(throw|try|catch)\b"

MAX_LINES, MAX_PUBLIC_LINES = 600, 200

breaches = []


def breach(path, line, text):
    breaches.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def code_of(text):
    """The text without comments, strings and characters; lines keep their numbers."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'', re.S)
    return token.sub(lambda m: "\n" * m[0].count("\n") if m[0][0] == "/" else '""', text)


def includes_of(text):
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found[1] == "<", found[2]


def check_words(path, code, pattern, why):
    for number, line in enumerate(code.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        for found in re.finditer(pattern, line):
            breach(path, number, f"{found[0].strip()}: {why}")


def check_exact(path, text, code):
    for number, angled, name in includes_of(text):
        if angled and re.fullmatch(UNORDERED, name):
            breach(path, number, f"<{name}>: its order or its numbers depend on the library")
        if angled and re.fullmatch(BOOST_RANDOM, name):
            breach(path, number, f"<{name}>: calls the mathematics library")
        if angled and re.fullmatch(OUTSIDE, name) and path.name not in OPENS_FILES:
            breach(path, number, f"<{name}>: the engine has no threads, files or clocks of its own")
    check_words(path, code, LIBM, "gives other bits elsewhere; use the exact maths of Terrace")
    check_words(path, code, LIBRARY_ORDER, "its result depends on the library; rank by a total order")


def check_public(path):
    text = path.read_text()
    for number, angled, name in includes_of(text):
        standard = angled and "/" not in name and not name.endswith(".h")
        if not standard and not name.startswith("terrace/"):
            breach(path, number, f"{name}: public headers include <terrace/...> and the standard library only")
    if text.count("\n") > MAX_PUBLIC_LINES:
        breach(path, 1, f"over {MAX_PUBLIC_LINES} lines: a public header should be read in one go")
    check_exact(path, text, code_of(text))


def check_private(path, folder):
    text = path.read_text()
    code = code_of(text)
    for number, angled, name in includes_of(text):
        if angled or name.startswith("terrace/"):
            for library, folders in ONLY_IN.items():
                if re.match(library, name) and folder not in folders:
                    breach(path, number, f"<{name}> belongs in {', '.join(sorted(folders))} only")
            continue
        target, _, file = name.partition("/")
        if name == "commit.hpp" or (target == "analysis" and folder == "cli"):
            continue
        if target not in LEVEL or not file:
            breach(path, number, f'"{name}": name it as "folder/file.hpp", relative to sim/')
        elif target != folder and LEVEL[target] >= LEVEL[folder]:
            breach(path, number, f'"{name}": {folder} may not include from {target}')
        elif not (ROOT / "sim" / name).is_file():
            breach(path, number, f'"{name}": there is no such file')
        elif folder == "policies" == target and path.stem not in POLICY_SHARED:
            stem = pathlib.Path(file).stem
            if stem not in POLICY_SHARED and stem != path.stem:
                breach(path, number, f'"{name}": a policy may not include another policy')
    if folder in ENGINE:
        check_exact(path, text, code)
        check_words(path, code, THROWS, "the engine has no exceptions")
    if folder not in ("core", "cli"):  # core ends the process when an invariant is broken
        check_words(path, code, PRINTS_OR_EXITS, "only sim/cli prints or exits")


def check_analysis(path):
    for number, angled, name in includes_of(path.read_text()):
        if not angled and not name.startswith(("analysis/", "terrace/")):
            breach(path, number, f'"{name}": analysis uses public headers and result files only')


def main():
    files = 0
    for top in ("include", "sim", "analysis", "tests", "benchmarks"):
        for path in sorted((ROOT / top).rglob("*.[ch]pp")):
            files += 1
            parts = path.relative_to(ROOT).parts
            if path.read_text().count("\n") > MAX_LINES:
                breach(path, 1, f"over {MAX_LINES} lines: split it")
            if top == "include":
                check_public(path)
            elif top == "sim" and len(parts) == 3 and parts[1] in LEVEL:
                check_private(path, parts[1])
            elif top == "sim":
                breach(path, 1, "sources of sim/ lie in one of its folders: " + ", ".join(LEVEL))
            elif top == "analysis":
                check_analysis(path)
    if files == 0:
        breach(ROOT / "CMakeLists.txt", 1, "no sources found: the check has nothing to read")
    print("\n".join(breaches) or f"{files} files keep to the layers")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
