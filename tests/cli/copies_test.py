"""Copies of the program that a launcher started do not each do the whole of a run."""
import os
import subprocess
import unittest

from terrace_program import PROGRAM, SCENARIOS, ProgramTest

LAUNCHED = (
    {"OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "1"},
    {"PMI_SIZE": "2", "PMI_RANK": "0"},
    {"SLURM_STEP_NUM_TASKS": "8", "SLURM_PROCID": "0"},
)
# A batch script of a job with tasks, a task of an array, an mpirun with one rank.
ALONE = (
    {"SLURM_NTASKS": "8", "SLURM_PROCID": "0"},
    {"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "9"},
    {"OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"},
)


class Copies(ProgramTest):
    def launched(self, variables, *words):
        return subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=self.folder,
                              env=dict(self.environment(), **variables), timeout=60)

    def test_they_are_refused(self):
        for variables in LAUNCHED:
            for words in (("run", "teach", "-o", "out"), ("resume", "out"),
                          ("attribute", "teach", "-o", "out")):
                done = self.launched(variables, *words)
                self.assertEqual(done.returncode, 64, done.stderr)
                name, value = next(iter(variables.items()))
                self.assertIn(f"started {value} of this program ({name}={value})", done.stderr)
                self.assertFalse((self.folder / "out").exists())

    def test_variables_that_make_no_sense_are_refused(self):
        for variables in ({"PMI_SIZE": "2x", "PMI_RANK": "0"}, {"PMI_SIZE": "2", "PMI_RANK": "2"}):
            for words in (("run", "teach", "-o", "out"), ("sweep", "run", self.swept())):
                done = self.launched(variables, *words)
                self.assertEqual(done.returncode, 64, done.stderr)
                self.assertRegex(done.stderr, "PMI_SIZE is '2x', which is no number|"
                                              "PMI_RANK=2 and PMI_SIZE=2 contradict each other")

    def swept(self):
        if not (self.folder / "sweep").exists():
            self.call("sweep", "plan", SCENARIOS / "studies" / "tiny.yaml", "-o", "sweep", "-q")
        return "sweep"

    def test_one_process_is_not(self):
        for number, variables in enumerate(ALONE):
            done = self.launched(variables, "run", "teach", "-q", "-o", f"out{number}")
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
