"""The recipe of docs/clusters.md for PBS, with a stand-in for its qsub: it reads the script's
directives, runs an array's tasks one after the other as PBS would start them, and prints a number.
What PBS itself would make of the scripts is not shown by this."""
import re
import shlex

from cluster_sweeps import RUNS, ClusterTest, run_or_skip

QSUB = '''#!/usr/bin/python3
import os, subprocess, sys
from pathlib import Path

said = Path(os.environ["QSUB_LOG"])
earlier = said.read_text().splitlines() if said.exists() else []
number = f"{len(earlier) + 1}[].server"
said.write_text("\\n".join(earlier + [" ".join(sys.argv[1:])]) + "\\n")
script = Path(sys.argv[-1]).absolute()
text = script.read_text()
words = [line.split()[1:] for line in text.splitlines() if line.startswith("#PBS ")]
array = next((line[1] for line in words if line[0] == "-J"), None)
first, last = map(int, array.split("-")) if array else (0, 0)
assert array is None or first < last, "PBS has no arrays of one"
lost = os.environ.get("QSUB_LOSES", "")
for task in range(first, last + 1):
    if str(task) == lost:
        continue
    environment = dict(os.environ, PBS_JOBID=number, PBS_ENVIRONMENT="PBS_BATCH")
    if array:
        environment["PBS_ARRAY_INDEX"] = str(task)
    with open(f"{script.stem}.o{len(earlier) + 1}.{task}", "wb") as out:
        subprocess.run(["/bin/sh", str(script)], stdout=out, stderr=out, env=environment, cwd="/")
print(number)
'''


class Pbs(ClusterTest):
    def setUp(self):
        super().setUp()
        self.lost = ""
        qsub = self.folder / "bin" / "qsub"
        qsub.parent.mkdir()
        qsub.write_text(QSUB, encoding="utf-8")
        qsub.chmod(0o755)

    def environment(self):
        ours = super().environment()
        return dict(ours, PATH=f"{self.folder}/bin:{ours['PATH']}", QSUB_LOG=str(self.folder / "qsub.log"),
                    QSUB_LOSES=self.lost)

    def test_an_array_with_a_task_lost(self):
        self.recipe("plan")
        printed = self.recipe("pbs-write").stdout
        self.assertEqual(printed, self.blocks["pbs-submit"])
        jobs = self.folder / "sweep" / "jobs"
        for script in ["array.pbs", "merge.pbs"]:
            self.shell(f"bash -n {jobs / script}")
        text = (jobs / "array.pbs").read_text()
        self.assertRegex(text, r"\n#PBS -l select=1:ncpus=1:mem=\d+mb\n#PBS -l walltime=\d+:\d\d:\d\d\n")

        self.lost = "2"
        self.recipe("pbs-submit")
        self.lost = ""
        self.assertEqual((self.folder / "qsub.log").read_text().splitlines(),
                         ["array.pbs", "-W depend=afterany:1[].server merge.pbs"])
        lost = self.status()
        self.assertEqual([run["run"] for run in lost["not_done"]], list(range(2, RUNS, 8)))
        self.assertEqual(lost["commands"]["as_jobs"] + "\n", self.blocks["pbs-again"])
        self.assertIn("5 of 40 runs have no result", (jobs / "merge.o2.0").read_text())

        self.recipe("pbs-again")
        self.terrace("sweep merge sweep -q")
        self.assertEqual(self.merged(), self.by_one_process())

    def test_of_one_task(self):
        self.recipe("plan")
        name = shlex.quote("it's a \"sweep\"")
        self.shell(f"mv sweep {name}")
        lines = self.terrace(f"sweep pbs {name} --runs 3,17 --time 600 --options '-q long'").stdout
        self.shell(lines)
        jobs = self.folder / "it's a \"sweep\"" / "jobs"
        text = (jobs / "array.pbs").read_text()
        self.assertNotRegex(text, re.compile("^#PBS -J", re.MULTILINE))
        self.assertIn("\n#PBS -l walltime=0:10:00\n", text)
        self.assertIn("\n#PBS -q long\n", text)
        self.assertIn("38 of 40 runs have no result", (jobs / "merge.o2.0").read_text())

    def test_what_is_refused(self):
        self.recipe("plan")
        self.recipe("pbs-write")
        for words, why in [("--tasks 41", "there are 40 runs to deal out"),
                           ("--time soon", "no limit that PBS takes"),
                           ("--options '-J 0-3'", "may not set the array"),
                           ("--runs 40", "goes beyond the plan"),
                           ("--tasks 7", "is there already, with other bytes; --force replaces it")]:
            done = self.terrace(f"sweep pbs sweep {words}", status=64)
            self.assertIn(why, done.stderr)
            self.assertEqual(done.stdout, "")
        self.terrace("sweep pbs sweep --tasks 7 --force")
        self.assertIn("#PBS -J 0-6\n", (self.folder / "sweep" / "jobs" / "array.pbs").read_text())


if __name__ == "__main__":
    run_or_skip("")
