"""The Snakefile of docs/clusters.md, with one process killed."""
import shutil

from cluster_sweeps import RUNS, ClusterTest, run_or_skip


class Snakemake(ClusterTest):
    def test_goes_on_after_a_kill(self):
        self.recipe("plan")
        (self.folder / "Snakefile").write_text(self.blocks["file=Snakefile"], encoding="utf-8")
        first = self.start("snakemake")
        self.kill(self.process_of("2/7"))
        said = first.communicate(timeout=300)[0]
        self.assertNotEqual(first.returncode, 0, said)
        self.assertFalse((self.folder / "sweep" / "sweep.h5").exists())
        self.assertEqual(sorted(path.name for path in (self.folder / "shards").iterdir()),
                         list("134567"), said)
        lost = self.status()
        self.assertLess(lost["done"], RUNS)
        self.assertTrue(all(run["run"] % 7 == 1 for run in lost["not_done"]), lost["not_done"])
        self.recipe("snakemake")
        self.assertEqual(self.merged(), self.by_one_process())
        again = self.recipe("snakemake")
        self.assertIn("Nothing to be done", again.stdout + again.stderr)


if __name__ == "__main__":
    run_or_skip("" if shutil.which("snakemake") else "not installed: snakemake")
