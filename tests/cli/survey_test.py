"""Scenarios whose people come from a survey."""
import shutil
import signal
import subprocess
import sys
import time
import unittest

import h5py

from terrace_program import SCENARIOS, ProgramTest

SAMPLE = SCENARIOS / "data/survey"
SCENARIO = """terrace: 1
extends: %s
population: {source: h.csv, persons: p.csv}
""" % (SCENARIOS / "mini.yaml")


class Survey(ProgramTest):
    def bring(self, name="s.yaml", text=SCENARIO):
        shutil.copy(SAMPLE / "households.csv", self.folder / "h.csv")
        shutil.copy(SAMPLE / "persons.csv", self.folder / "p.csv")
        return self.write(name, text)

    def test_the_sample_is_what_its_script_makes(self):
        subprocess.run([sys.executable, SAMPLE / "make_sample.py", self.folder], check=True)
        for name in ("households.csv", "persons.csv"):
            self.assertEqual((self.folder / name).read_bytes(), (SAMPLE / name).read_bytes(), name)

    def test_check_and_list(self):
        checked = self.call("check", "survey")
        text = checked.stdout
        self.assertIn("note: population.source: 400 households and 1358 persons", checked.stderr)
        self.assertRegex(text, r'  source: ".*data/survey/households.csv"  # .*survey.yaml:\d+\n')
        self.assertRegex(text, r'  persons: ".*data/survey/persons.csv"  # .*survey.yaml:\d+\n')
        self.assertRegex(text, r'  digest: "[0-9a-f]{32}"\n')
        self.assertIn("survey", self.call("list", "scenarios").stdout)
        columns = self.call("list", "survey").stdout
        self.assertRegex(columns, r"households +household_id +yes")
        self.assertRegex(columns, r"persons +mandarin +no +0 or 1")

    def test_threads_and_the_way_it_is_named_do_not_matter(self):
        expected = self.digest("survey", "-q", "-o", "a", "--threads", 1)
        self.assertEqual(self.digest("survey", "-q", "-o", "b", "--threads", 3), expected)
        self.bring()
        start = ("--set", "time.start=2012-01")
        self.assertEqual(self.digest("s.yaml", "-q", "-o", "c", *start), expected)
        # The resolved scenario alone gives the same, from wherever it is run.
        self.assertEqual(self.digest("c/scenario.resolved.yaml", "-q", "-o", "d"), expected)
        self.assertNotEqual(self.digest("survey", "-q", "-o", "e", "--set", "population.source=synthetic"),
                            expected)
        report = (self.folder / "a/fit_report.txt").read_text()
        self.assertIn("their province and kind of county", report)
        self.assertNotRegex(report, r"\bnan\b")

    def test_hdf5_holds_the_same_people(self):
        import csv
        with h5py.File(self.folder / "s.h5", "w") as out:
            for table in ("households", "persons"):
                with open(SAMPLE / (table + ".csv"), newline="", encoding="utf-8") as rows:
                    columns = list(zip(*csv.reader(rows)))
                for name, *cells in columns:
                    if name in ("household_id", "province", "house", "sex", "relation", "activity",
                                "disability", "x_note"):
                        values = cells
                    elif all(cells) and all("." not in c for c in cells):
                        values = [int(c) for c in cells]
                    else:
                        values = [float(c or "nan") for c in cells]
                    out[f"{table}/{name}"] = values
        self.write("h5.yaml", SCENARIO.replace("h.csv, persons: p.csv", "s.h5"))
        csv_run = self.digest(self.bring(), "-q", "-o", "csv", "--set", "time.end=2014-12")
        self.assertEqual(self.digest("h5.yaml", "-q", "-o", "h5", "--set", "time.end=2014-12"), csv_run)

    def test_mistakes_end_with_65_and_name_the_line(self):
        self.bring()
        path = self.folder / "p.csv"
        path.write_text(path.read_text().replace("head", "haed", 1))
        done = self.call("check", "s.yaml", status=65)
        self.assertIn("p.csv:2: relation: unknown code 'haed'; did you mean 'head'?", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_resume_wants_the_same_survey(self):
        self.bring()
        running = self.start("run", "s.yaml", "-q", "-o", "r", "--replicates", "4", "--threads", 1)
        while not (self.folder / "r/scenario.resolved.yaml").exists():
            self.assertIsNone(running.poll(), "the run ended before it had a folder")
            time.sleep(0.002)
        time.sleep(0.5)
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
        self.assertEqual(running.returncode, 75)
        path = self.folder / "h.csv"
        whole = path.read_text()
        path.write_text(whole.replace("h0001,417.0", "h0001,417.1"))
        self.assertIn("is not the one", self.call("resume", "r", status=65).stderr)
        path.write_text(whole)
        resumed = self.call("resume", "r", "-q", "--threads", 2).stdout.splitlines()[-1]
        self.assertEqual(self.digest("s.yaml", "-q", "-o", "w", "--replicates", "4"), resumed)


if __name__ == "__main__":
    unittest.main()
