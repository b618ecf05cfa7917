"""Slurm itself, started on this machine, runs the scripts of `terrace sweep slurm` as
docs/clusters.md has them."""
import json
import re
import tempfile
import unittest

from cluster_sweeps import RUNS, ClusterTest, run_or_skip
from slurm_cluster import SlurmCluster, why_not

TASKS = 8


class Slurm(ClusterTest):
    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory(prefix="terrace-slurm-", ignore_cleanup_errors=True)
        cls.addClassCleanup(held.cleanup)
        cls.cluster = SlurmCluster(held.name)
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.start()

    def environment(self):
        ours = super().environment()
        theirs = self.cluster.environment()
        return {**ours, **theirs, "PATH": f"{ours['PATH']}:{theirs['PATH']}"}

    def logs(self):
        return self.cluster.logs() if self.cluster.daemons else ""

    def outputs(self, pattern, name="sweep"):
        return {path.name: path.read_text(errors="replace")
                for path in sorted((self.folder / name / "jobs").glob(pattern))}

    def jobs_of(self, name):
        """Numbers of all jobs of a name, of arrays one each, also of those that have ended, in order."""
        text = self.cluster.say("scontrol", "-o", "show", "job")
        lines = [line for line in text.splitlines() if f" JobName={name} " in line]
        return sorted({int((re.search(r"ArrayJobId=(\d+)", line) or re.match(r"JobId=(\d+)", line))[1])
                       for line in lines})

    def test_an_array_with_a_task_killed(self):
        self.recipe("plan")
        printed = self.recipe("slurm-write").stdout
        self.assertEqual(printed, self.blocks["slurm-submit"])
        about = json.loads((self.folder / "sweep" / "jobs" / "array.json").read_text())
        self.assertEqual((about["scheduler"], about["tasks"]), ("slurm", TASKS))

        self.recipe("slurm-submit")
        self.kill(self.process_of("3/8"))  # task 2
        self.recipe("slurm-look")
        self.cluster.wait_for_jobs()
        lost = self.status()
        self.assertTrue(0 < len(lost["not_done"]) <= RUNS // TASKS, lost["not_done"])
        self.assertTrue(all(run["run"] % TASKS == 2 for run in lost["not_done"]), lost["not_done"])
        self.assertIn("process", lost["reasons"][lost["not_done"][0]["reason"]]["why"])

        # The merge came after it, refused the gap, and said what to type.
        self.assertFalse((self.folder / "sweep" / "sweep.h5").exists())
        merge = self.jobs_of("terrace-forty-merge")[-1]
        self.assertEqual(self.cluster.job(merge), ("FAILED", "3:0"))
        said, = self.outputs("merge-*.out").values()
        again = lost["commands"]["as_jobs"]
        self.assertEqual(again + "\n", self.blocks["slurm-again"])
        self.assertIn("nothing was merged", said)
        self.assertRegex(said, r"as jobs: +sbatch --array=2 \S+/jobs/array\.sbatch\n")

        self.recipe("slurm-again")
        self.cluster.wait_for_jobs()
        self.recipe("slurm-merge")
        self.assertEqual(self.merged(), self.by_one_process())
        self.assertNotIn("as_jobs", self.status()["commands"])
        first, second = self.jobs_of("terrace-forty")[-2:]
        self.assertEqual(len(self.outputs(f"{first}_*.out")), TASKS)
        self.assertEqual(list(self.outputs(f"{second}_*.out")), [f"{second}_2.out"])

    def test_the_signal_before_the_limit_reaches_the_program(self):
        self.recipe("plan")
        self.terrace("sweep slurm sweep --tasks 1")
        job = self.shell("sbatch --parsable sweep/jobs/array.sbatch").stdout.strip()
        self.process_of("1/1")
        # As at the time limit: to the script alone.
        self.shell(f"scancel --batch --signal=TERM {job}_0")
        self.cluster.wait_for_jobs()
        self.assertEqual(self.cluster.job(f"{job}_0"), ("FAILED", "75:0"))
        self.assertIn("stopped; what was finished is kept", self.outputs(f"{job}_0.out").popitem()[1])
        status = self.status()
        self.assertEqual(status["running"] + status["failed"], 0)
        self.assertLess(status["done"], RUNS)
        self.assertEqual(status["commands"]["as_jobs"], "sbatch --array=0 sweep/jobs/array.sbatch")

    def test_some_runs_in_a_folder_with_a_difficult_name(self):
        name = 'it\'s a "sweep" of $HOME, 10%A'
        self.shell("terrace sweep plan study.yaml -q -o " + quoted(name))
        folder = quoted(name)
        lines = self.shell(f"terrace sweep slurm {folder} --runs 3,17,20-24 --tasks 3 -j 2 --time 10 "
                           "--options '--partition=local --comment=\"a b\"'").stdout
        self.shell(lines)
        self.cluster.wait_for_jobs()
        status = json.loads(self.terrace("sweep", "status", folder, "--json").stdout)
        self.assertEqual(status["done"], 7)
        self.assertNotIn("as_jobs", status["commands"])  # the array did all of its own
        outputs = self.outputs("*.out", name)
        self.assertEqual(len(outputs), 4, outputs)
        self.assertIn("33 of 40 runs have no result",
                      next(text for file, text in outputs.items() if file.startswith("merge-")))
        array = self.jobs_of("terrace-forty")[-1]
        about = self.cluster.say("scontrol", "-o", "show", "job", f"{array}_0")
        self.assertIn("TimeLimit=00:10:00", about)
        self.assertIn("Comment=a b", about)
        self.assertIn("CPUs/Task=2", about)
        script = (self.folder / name / "jobs" / "array.sbatch").read_text()
        memory = re.search(r"--mem=(\d+M)", script)[1]
        self.assertIn(f"MinMemoryNode={memory} ", about)

    def test_processes_of_srun(self):
        self.recipe("plan")
        refused = self.shell(self.blocks["srun"].replace("--shard auto", ""), status=64)
        self.assertIn("srun has started 3 of it, and each would do all runs", refused.stderr)
        self.assertEqual(self.status()["done"], 0)
        self.recipe("srun")
        status = self.status()
        self.assertEqual((status["done"], status["results_more_than_once"]), (RUNS, 0))
        self.terrace("sweep merge sweep -q")
        self.assertEqual(self.merged(), self.by_one_process())


class SlurmStarts(unittest.TestCase):
    def test_again_after_an_unclean_end(self):
        with tempfile.TemporaryDirectory(prefix="terrace-slurm-", ignore_cleanup_errors=True) as folder:
            with SlurmCluster(folder) as cluster:
                cluster.say("sbatch", "--mem=50M", "--output=/dev/null", "--wrap=sleep 1000")
                cluster.wait(lambda: any(line.endswith(" R") for line in cluster.queued()), "the job")
                cluster.kill()
                cluster.start()
                self.assertEqual(cluster.say("srun", "--overlap", "--mem=50M", "echo", "here"), "here\n")


def quoted(word):
    return "'" + word.replace("'", "'\\''") + "'"


if __name__ == "__main__":
    run_or_skip(why_not())
