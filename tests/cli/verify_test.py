"""`terrace verify`: its words, its JSON and how it ends."""
import json
import unittest

from terrace_program import ProgramTest

SMALL = ["--set", "output.panel.households=20", "--set", "output.checkpoints.keep=[2013]", "-q"]


class VerifyTest(ProgramTest):
    def test_a_run_of_yearly_indicators_alone(self):
        for name in ("offered", "misdiagnosis_share"):
            self.call("run", "teach", "-o", name, *SMALL, "--set", f"output.indicators=[{name}]")
            self.call("verify", name)

    def test_a_run_with_panel_and_checkpoint(self):
        digest = self.digest("teach", "-o", "run", *SMALL).split()[1]
        well = self.call("verify", "run")
        self.assertEqual(len(well.stdout.splitlines()), 1)
        self.assertIn(digest, well.stdout)
        self.assertEqual(well.stderr, "")
        record = json.loads(self.call("verify", "run", "--json").stdout)
        self.assertTrue(record["ok"])
        self.assertEqual((record["results_digest"], record["faults"]), (digest, []))

        state = self.folder / "run/checkpoints/2013/0.bin"
        whole = state.read_bytes()
        state.write_bytes(whole[:-1])
        self.assertIn("checkpoints/2013: 0.bin is damaged", self.call("verify", "run", status=1).stdout)
        state.write_bytes(whole)

        kept = self.folder / "run/checkpoints"
        kept.rename(self.folder / "away")
        self.assertIn("checkpoints/2013: is missing", self.call("verify", "run", status=1).stdout)
        (self.folder / "away").rename(kept)

        (self.folder / "run/summary.csv").unlink()
        with (self.folder / "run/log.txt").open("a") as log:
            log.write("more\n")
        (self.folder / "run/mine.txt").write_text("a note")
        broken = self.call("verify", "run", status=1)
        self.assertEqual([line.split(":")[0] for line in broken.stdout.splitlines()],
                         ["summary.csv", "log.txt"])
        self.assertIn("note: mine.txt", broken.stderr)
        record = json.loads(self.call("verify", "run", "--json", status=1).stdout)
        self.assertFalse(record["ok"])
        self.assertEqual([fault["file"] for fault in record["faults"]], ["summary.csv", "log.txt"])
        self.assertEqual([note["file"] for note in record["notes"]], ["mine.txt"])

    def test_what_is_no_run(self):
        self.assertIn("not a folder", self.call("verify", "nowhere", status=74).stderr)
        (self.folder / "empty").mkdir()
        self.assertIn("not finished", self.call("verify", "empty", status=1).stdout)
        self.call("verify", status=64)


if __name__ == "__main__":
    unittest.main()
