"""The recipe of docs/clusters.md for GNU Parallel, with one process killed."""
import shutil

from cluster_sweeps import RUNS, ClusterTest, run_or_skip


class GnuParallel(ClusterTest):
    def test_goes_on_after_a_kill(self):
        self.recipe("plan")
        first = self.start("parallel")
        self.kill(self.process_of("2/7"))
        said = first.communicate(timeout=300)[0]
        self.assertNotEqual(first.returncode, 0, said)
        self.assertFalse((self.folder / "sweep" / "sweep.h5").exists())
        log = (self.folder / "parallel.log").read_text().splitlines()
        self.assertEqual(len(log), 8, log)  # a head and seven parts
        lost = self.status()
        self.assertLess(lost["done"], RUNS)
        self.assertTrue(all(run["run"] % 7 == 1 for run in lost["not_done"]), lost["not_done"])
        self.recipe("parallel")
        self.assertEqual(self.status()["done"], RUNS)
        log = (self.folder / "parallel.log").read_text().splitlines()
        self.assertEqual(len(log), 9, log)  # only one part was started again
        self.assertEqual(self.merged(), self.by_one_process())


if __name__ == "__main__":
    run_or_skip("" if shutil.which("parallel") else "not installed: GNU Parallel (Debian's parallel)")
