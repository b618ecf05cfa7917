"""What tests of docs/clusters.md share: its blocks, run as they stand on the page, and a study of 40
short runs.

A block of the page is named in its first line: ```sh name=slurm-plan, ```python file=Snakefile.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = Path(os.environ["TERRACE_PROGRAM"])
SOURCE = Path(os.environ["TERRACE_SOURCE_DIR"])
PAGE = SOURCE / "docs" / "clusters.md"
SKIPPED = 77  # SKIP_RETURN_CODE in tests/CMakeLists.txt
RUNS = 40

STUDY = f"""
study: 1
name: forty
base: {SOURCE}/scenarios/mini.yaml
over:
  time: {{start: 2012-01, end: 2013-12}}
  population: {{provinces: [Gansu]}}
dimensions:
  trap: {{parameter: farm_assets.tau, levels: 10}}
  industry: {{policy: industry.enabled, choices: [true, false]}}
design: {{kind: grid}}
replicates: 2
indicators: [headcount_ratio, mean_income]
"""


def blocks():
    """The page's blocks by name, or by `file=...`: text."""
    found = {}
    for info, text in re.findall(r"^```(\w+[^\n]*)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"),
                                 re.MULTILINE | re.DOTALL):
        words = info.split()
        key = next((word.removeprefix("name=") for word in words[1:]), words[0])
        if key in found:
            raise AssertionError(f"{PAGE}: two blocks {key}")
        found[key] = text
    return found


def run_or_skip(why):
    """Ends the program as CTest wants it where its tests cannot run."""
    if why:
        print(f"skipped: {why}")
        sys.exit(SKIPPED)
    unittest.main()


class ClusterTest(unittest.TestCase):
    """Each test gets a folder of its own, `self.folder`, with a study."""

    def setUp(self):
        held = tempfile.TemporaryDirectory(prefix="terrace-cluster-", ignore_cleanup_errors=True)
        self.addCleanup(held.cleanup)
        self.folder = Path(held.name)
        (self.folder / "study.yaml").write_text(STUDY, encoding="utf-8")
        self.blocks = blocks()

    def environment(self):
        path = f"{PROGRAM.parent}:{os.environ['PATH']}"
        # Some of these programs keep things in the home folder.
        return dict(os.environ, PATH=path, TERRACE_SCENARIOS=str(SOURCE / "scenarios"),
                    HOME=str(self.folder), XDG_CACHE_HOME=str(self.folder / "cache"))

    def shell(self, text, status=0, seconds=300):
        done = subprocess.run(["bash", "-e", "-c", text], capture_output=True, text=True, cwd=self.folder,
                              env=self.environment(), timeout=seconds, stdin=subprocess.DEVNULL)
        said = f"{text}\n{done.stdout}\n{done.stderr}\n{self.logs()}"
        if status is None:
            self.assertNotEqual(done.returncode, 0, said)
        else:
            self.assertEqual(done.returncode, status, said)
        return done

    def recipe(self, name, **options):
        """Runs a block of the page."""
        return self.shell(self.blocks[name], **options)

    def start(self, name):
        return subprocess.Popen(["bash", "-e", "-c", self.blocks[name]], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, cwd=self.folder,
                                env=self.environment(), stdin=subprocess.DEVNULL)

    def logs(self):
        return ""

    def terrace(self, *words, **options):
        return self.shell("terrace " + " ".join(words), **options)

    def status(self, name="sweep"):
        return json.loads(self.terrace("sweep", "status", name, "--json").stdout)

    def by_one_process(self):
        """The merged file of the same study without any of this."""
        self.terrace("sweep plan study.yaml -o alone -q && terrace sweep run alone -j 2 -q && "
                     "terrace sweep merge alone -q")
        return (self.folder / "alone" / "sweep.h5").read_bytes()

    def merged(self, name="sweep"):
        return (self.folder / name / "sweep.h5").read_bytes()

    def wait(self, find, what, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            found = find()
            if found:
                return found
            self.assertLess(time.monotonic(), deadline, f"waited in vain for {what}\n{self.logs()}")
            time.sleep(0.01)

    def process_of(self, shard, name="sweep"):
        """The process that does a part of the runs, once it has begun one."""
        def find():
            for path in sorted((self.folder / name / "journal").glob("*.jsonl")):
                entries = [json.loads(line) for line in path.read_text().split("\n")[:-1]]
                if not entries or entries[0]["shard"] != shard:
                    continue
                if any(entry["event"] == "started" for entry in entries):
                    return entries[0]["pid"]
            return None
        return self.wait(find, f"a run of part {shard}")

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)  # fails where it is over: then the test shows nothing
