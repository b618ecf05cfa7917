"""Every shipped scenario asks a question, says what is expected, runs, and differs from what it extends."""
import re
import unittest

from terrace_program import SCENARIOS, ProgramTest

# Small enough for all of them in half a minute; large enough that each arm has somebody to act on.
SAMPLE = ["population.provinces=[Guizhou]", "population.sample.counties=0.04", "population.sample.villages=0.004",
          "time.start=2012-01", "output.panel.households=0", "output.checkpoints.every=0"]
# In so small a sample twice the usual favour moves nobody, and no village gets a solar plant.
LARGER = ({"elite-05", "minus-solar"}, [w for s in SAMPLE + ["population.sample.counties=0.1", "population.sample.villages=0.006",
                                            "time.end=2017-12"] for w in ("--set", s)])
VILLAGES = {"danyang": "1", "danyang-cooperative": "1", "mini": "0.002", "wangjia": "0.1", "tongren-suzhou": "0.001",
            "tongren-alone": "0.001", "cliff-village": "1", "cliff-village-listed": "1"}
WHOLE = {*VILLAGES, "teach", "survey", "he-family"}  # small as they are, or of other people than `tpa`
TOOLS = {"mini", "teach", "survey"}     # for trying and teaching, not for a result


class Shipped(ProgramTest):
    def test_headers_ask_and_expect(self):
        for file in sorted(SCENARIOS.glob("*.yaml")):
            with self.subTest(file.stem):
                lines = file.read_text().splitlines()
                header = [line.lstrip("# ") for line in lines[:next(
                    i for i, line in enumerate(lines) if not line.startswith("#"))]]
                self.assertEqual(lines[len(header)], "terrace: 1")
                self.assertLessEqual(len(lines), 60)
                if file.stem not in TOOLS:
                    self.assertRegex(header[0], r"\?$")
                self.assertRegex("\n".join(lines), rf"(?m)^name: {re.escape(file.stem)}$")
                self.assertRegex("\n".join(lines), r"(?m)^title: \S")

    def test_every_one_runs_and_is_no_copy_of_another(self):
        digests = {}
        for file in sorted(SCENARIOS.glob("*.yaml")):
            with self.subTest(file.stem):
                settings = [] if file.stem in WHOLE else SAMPLE
                if file.stem in VILLAGES:
                    settings = ["time.start=2012-01", "population.sample.villages=" + VILLAGES[file.stem]]
                words = [w for s in settings for w in ("--set", s)]
                digest = self.digest(file, "-q", "--force", "-o", "out", "--threads", "1", *words)
                if file.stem in LARGER[0]:
                    digest = self.digest(file, "-q", "--force", "-o", "out", "--threads", "1", *LARGER[1])
                    base = self.digest("tpa", "-q", "--force", "-o", "out", "--threads", "1", *LARGER[1])
                    self.assertNotEqual(digest, base)
                self.assertIsNone(digests.get(digest), f"{file.stem} gives what {digests.get(digest)} gives")
                digests[digest] = file.stem


if __name__ == "__main__":
    unittest.main()
