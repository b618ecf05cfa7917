"""`terrace sweep run`: the same results by any number of processes, whatever becomes of them."""
import json
import os
import random
import re
import signal
import subprocess
import time
import unittest
from pathlib import Path

from sweep_folders import TINY, SweepTest, is_running, kill_if_running
from terrace_program import PROGRAM, SCENARIOS

SHIM = os.environ.get("TERRACE_WRITE_SHIM")  # there is none with sanitizers
RUNS = 12  # of the study
# Long enough to be caught in the middle: a run takes a few tenths of a second.
LONGER = f"""
study: 1
name: longer
base: {SCENARIOS}/mini.yaml
over:
  time: {{start: 2012-01, end: 2013-12}}
  population: {{provinces: [Gansu]}}
dimensions:
  trap: {{parameter: farm_assets.tau, levels: 6}}
design: {{kind: grid}}
replicates: 2
indicators: [headcount_ratio]
"""


class SweepRun(SweepTest):
    def longer(self):
        """With sanitizers every run is long."""
        return self.write("longer.yaml", LONGER) if SHIM else TINY

    def whole(self, name="whole"):
        """All results of the study, by one process."""
        self.plan(name)
        self.call("sweep", "run", name, "-j", 2, "-q")
        results = self.results(name)
        self.assertEqual(sorted(results), list(range(RUNS)))
        return results

    def test_runs_are_skipped_once_they_have_a_result(self):
        expected = self.whole()
        done = self.call("sweep", "run", "whole", "-j", 1)
        self.assertIn("12 done already, 0 to do", done.stderr)
        self.assertEqual(len(self.events("whole", "started")), RUNS)
        self.assertEqual(self.results("whole"), expected)

    def test_says_what_it_does(self):
        self.plan("said")
        done = self.call("sweep", "run", "said", "-j", 2)
        self.assertEqual(done.stdout, "")
        lines = done.stderr.splitlines()
        self.assertRegex(lines[0], r"^tiny: 12 of 12 runs, 0 done already, 12 to do: 12 without a "
                                   r"result; 2 at a time, about \d+ MB each$")
        self.assertIn("12 of 12 runs done, 0 failed, 0 running, 0 left", done.stderr)
        self.assertEqual(lines[-1], "next: terrace sweep merge said")
        opened, closed = self.events("said", "opened"), self.events("said", "closed")
        self.assertEqual((len(opened), len(closed)), (1, 1))
        self.assertEqual((opened[0]["at_once"], opened[0]["shard"]), (2, ""))
        self.assertEqual({e["run"] for e in self.events("said", "done")}, set(range(RUNS)))

    def test_progress_as_json(self):
        self.plan("json")
        done = self.call("sweep", "run", "json", "--json")
        events = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual(events[-1]["event"], "end")
        self.assertEqual((events[-1]["done"], events[-1]["failed"], events[-1]["left"]), (12, 0, 0))
        self.assertGreater(len(events), 1)
        for event in events[:-1]:
            self.assertEqual(event["event"], "progress")
            total = event["done"] + event["failed"] + event["running"] + event["left"]
            self.assertEqual((event["runs"], total), (RUNS, RUNS))

    def test_runs_that_fail_say_nothing_of_the_time_that_others_take(self):
        name = self.plan("pace", study=self.longer())
        process = self.start("sweep", "run", name, "-j", "1", "--json")
        started = self.wait_for(lambda: self.events(name, "started"), "a run", process)[0]
        kill_if_running(started["pid"], signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        first = json.loads(err.splitlines()[0])
        if first["failed"] == 0:
            self.skipTest("the run was over before it could be killed")
        self.assertEqual((first["done"], first["seconds_left"]), (0, None))

    def test_shards_in_any_order_give_the_same(self):
        expected = self.whole()
        for count in (2, 7):
            name = self.plan(f"by {count}")
            order = list(range(1, count + 1))
            random.Random(count).shuffle(order)
            for k, index in enumerate(order):
                self.call("sweep", "run", name, "--shard", f"{index}/{count}", "-j", 1 + k % 2)
            self.assertEqual(self.results(name), expected, count)
            self.assertEqual(len(self.events(name, "started")), RUNS)

    def test_two_processes_on_one_folder(self):
        expected = self.whole()
        name = self.plan("twice")
        both = [self.start("sweep", "run", name, "-q") for _ in range(2)]
        for process in both:
            _, err = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, err)
        self.assertEqual(self.results(name), expected)
        self.assertEqual(len(list((self.folder / name / "journal").iterdir())), 2)

    def test_chosen_runs(self):
        expected = self.whole()
        name = self.plan("chosen")
        done = self.call("sweep", "run", name, "--runs", "3,7-9")
        self.assertEqual(sorted(self.results(name)), [3, 7, 8, 9])
        self.assertIn("next: terrace sweep status chosen", done.stderr)
        self.assertEqual(self.events(name, "opened")[0]["shard"], "--runs 3,7-9")
        self.call("sweep", "run", name, "--runs", "3,7-9", "--shard", "2/2")
        self.assertEqual(len(self.events(name, "started")), 4)
        self.call("sweep", "run", name)
        self.assertEqual(self.results(name), expected)

    def test_runs_and_shards_that_are_none(self):
        name = self.plan("none")
        for words, message in ((("--runs", "12"), "runs are 0 to 11"), (("--runs", "3-"), "3-"),
                               (("--shard", "0/3"), "--shard takes i/n"),
                               (("--shard", "auto"), "finds no variables"),
                               (("--runs", ""), "--runs: an empty word"),  # an unset "$RUNS"
                               (("--shard", ""), "--shard: an empty word"),
                               (("--from", ""), "--from: an empty word"), (("--runs=",), "--runs")):
            self.assertIn(message, self.call("sweep", "run", name, *words, status=64).stderr)
        self.assertIn("--runs: an empty word",
                      self.call("sweep", "slurm", name, "--runs", "", status=64).stderr)
        self.assertFalse((self.folder / name / "jobs").exists())
        self.assertFalse((self.folder / name / "journal").exists())

    def launched(self, name, variables, *words):
        done = subprocess.run([PROGRAM, "sweep", "run", name, "-q", *words], capture_output=True,
                              text=True, cwd=self.folder, timeout=120,
                              env=dict(self.environment(), **variables))
        return done.returncode, done.stderr

    def test_several_ranks_need_a_shard(self):
        name = self.plan("ranks")
        step = {"SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "6"}
        mpi = {"OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4"}
        for variables in (step, mpi, {"PMI_RANK": "0", "PMI_SIZE": "2"}):
            status, err = self.launched(name, variables)
            self.assertEqual(status, 64, err)
            self.assertIn("--shard auto", err)
        self.assertEqual(self.launched(name, step, "--shard", "auto"), (0, ""))
        self.assertEqual(sorted(self.results(name)), [1, 7])
        self.assertEqual(self.events(name, "opened")[0]["at_once"], 1)  # each rank has its core
        self.assertEqual(self.launched(name, mpi, "--runs", "0"), (0, ""))
        array = {"SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_MIN": "2",
                 "SLURM_ARRAY_TASK_MAX": "7", "SLURM_ARRAY_TASK_COUNT": "6",
                 "SLURM_ARRAY_TASK_STEP": "1"}
        self.assertEqual(self.launched(name, array, "--shard", "auto"), (0, ""))
        self.assertEqual(sorted(self.results(name)), [0, 1, 2, 7, 8])

    def test_a_damaged_segment_is_done_again(self):
        expected = self.whole()
        for where in (0.1, 0.5, 0.99):
            path = next((self.folder / "whole" / "segments").glob("*.seg"))
            data = bytearray(path.read_bytes())
            data[int(where * len(data))] ^= 4
            path.write_bytes(data)
            done = self.call("sweep", "run", "whole")
            self.assertIn(f"note: whole/segments/{path.name} is", done.stderr)
            self.assertNotIn("12 done already", done.stderr)
            path.unlink()  # the test's own reader does not check
            self.call("sweep", "run", "whole", "-q")
            self.assertEqual(self.results("whole"), expected)

    def test_a_run_that_is_killed_ends_no_other(self):
        expected = self.whole()
        name = self.plan("killed")
        process = self.start("sweep", "run", name, "-j", "2")
        started = self.wait_for(lambda: self.events(name, "started"), "a run", process)[0]
        kill_if_running(started["pid"], signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        run = started["run"]
        if process.returncode == 0:
            self.skipTest("the run was over before it could be killed")
        self.assertEqual(process.returncode, 3, err)
        self.assertIn(f"run {run} failed: killed by signal 9 (SIGKILL), perhaps because", err)
        self.assertIn(f"next: terrace sweep run {name} --runs {run}\n", err)
        self.assertEqual(sorted(self.results(name)), sorted(set(range(RUNS)) - {run}))
        failed = self.events(name, "failed")
        self.assertEqual([entry["run"] for entry in failed], [run])
        self.assertIn("SIGKILL", failed[0]["message"])
        again = self.call("sweep", "run", name)
        self.assertIn("1 to do: 1 failed before", again.stderr)
        self.assertEqual(self.results(name), expected)
        self.assertIn("SIGKILL", self.events(name, "started")[-1]["message"])

    def test_fail_fast_stops_the_others(self):
        name = self.plan("fast", study=self.longer())
        process = self.start("sweep", "run", name, "-j", "2", "--fail-fast")
        started = self.wait_for(lambda: self.events(name, "started"), "a run", process)[0]
        kill_if_running(started["pid"], signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 3, err)
        self.assertLess(len(self.events(name, "started")), RUNS)
        failed = self.events(name, "failed")
        self.assertEqual(len(failed), 1)
        self.assertIn("; ended by --fail-fast at the first failure\n", err)
        self.assertTrue(err.endswith(f"next: {PROGRAM} sweep run {name} -j 2 --fail-fast\n"), err)
        why = f"ended by --fail-fast when run {failed[0]['run']} failed"
        for entry in self.events(name, "stopped"):
            self.assertEqual(entry["message"], why)
        if self.events(name, "stopped"):
            self.assertIn(f": {why}\n", self.call("sweep", "status", name).stdout)
            self.assertNotIn("by a signal", self.call("sweep", "status", name).stdout)

    def test_what_to_type_next_is_one_for_a_shell(self):
        planned = self.call("sweep", "plan", TINY, "-o", "my sweep").stderr
        self.assertTrue(planned.endswith("next: terrace sweep run 'my sweep'\n"), planned)
        for runs, verb in (("3", "status"), ("0-11", "merge")):
            done = self.call("sweep", "run", "my sweep", "--runs", runs).stderr
            self.assertTrue(done.endswith(f"next: terrace sweep {verb} 'my sweep'\n"), done)

    def stop(self, name, how):
        """Stops a process after its first result; gives the seconds it took."""
        process = self.start("sweep", "run", name, "-j", "2")
        self.wait_for(lambda: self.events(name, "done"), "a result", process)
        sent = time.monotonic()
        process.send_signal(how)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 75, err)
        self.assertIn("the same command goes on", err)
        return time.monotonic() - sent

    def test_stops_keeps_and_goes_on(self):
        self.plan("reference", study=self.longer())
        self.call("sweep", "run", "reference", "-q")
        expected = self.results("reference")
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
            name = self.plan(f"stopped by {how.name}", study=self.longer())
            self.assertLess(self.stop(name, how), 5.0)
            done = {entry["run"] for entry in self.events(name, "done")}
            self.assertEqual(set(self.results(name)), done)  # all that was finished is kept
            self.assertLess(len(done), RUNS)
            self.assertEqual(len(self.events(name, "closed")), 1)
            self.call("sweep", "run", name, "-q")
            self.assertEqual(self.results(name), expected)

    def test_the_whole_group_is_interrupted(self):
        """As by Ctrl-C: children get the signal too."""
        name = self.plan("group", study=self.longer())
        process = subprocess.Popen([PROGRAM, "sweep", "run", name, "-j", "2"], cwd=self.folder,
                                   stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                   env=self.environment(), start_new_session=True)
        self.wait_for(lambda: self.events(name, "done"), "a result", process)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 75, err)
        self.assertEqual(self.events(name, "failed"), [])
        self.assertNotIn("message", "".join(map(str, self.events(name, "stopped"))))

    def test_status_names_who_is_at_work(self):
        name = self.plan("at work", study=self.longer())
        process = self.start("sweep", "run", name, "-j", "1", "--shard", "1/2")
        self.wait_for(lambda: self.events(name, "started"), "a run", process)
        process.send_signal(signal.SIGSTOP)  # it stays as it is until it may go on
        try:
            told = self.call("sweep", "status", name).stdout
            self.assertRegex(told, rf"\nat work: process {process.pid} on \S+ \(1/2\)\n")
            self.assertIn("\nwhen these have ended: terrace sweep run 'at work'\n", told)
            self.assertNotIn("go on:", told)
            found = json.loads(self.call("sweep", "status", name, "--json").stdout)
            self.assertEqual([(p["pid"], p["shard"], p["at_once"]) for p in found["at_work"]],
                             [(process.pid, "1/2", 1)])
            self.assertNotIn("go_on", found["commands"])
        finally:
            process.send_signal(signal.SIGCONT)
        process.communicate(timeout=120)
        told = self.call("sweep", "status", name).stdout
        self.assertIn("\ngo on:        terrace sweep run 'at work'\n", told)
        self.assertNotIn("at work:", told)

    def test_a_second_signal_ends_at_once(self):
        name = self.plan("second", study=self.longer())
        process = self.start("sweep", "run", name, "-j", "2")
        children = self.wait_for(lambda: self.events(name, "started"), "a run", process)
        # Children that do not answer, so that the first signal leaves something to wait for.
        for child in children:
            kill_if_running(child["pid"], signal.SIGSTOP)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
        self.assertIn(process.returncode, (128 + signal.SIGTERM, 75))
        for child in children:
            # One that was stopped at its very beginning learns only now that it has no parent.
            kill_if_running(child["pid"], signal.SIGCONT)
            self.wait_for(lambda pid=child["pid"]: not is_running(pid), "its end", seconds=10)
        process.communicate(timeout=10)

    def test_a_second_signal_loses_nothing_that_was_finished_before_the_first(self):
        name = self.plan("kept", study=self.longer())
        process = self.start("sweep", "run", name, "-j", "2")
        self.wait_for(lambda: self.events(name, "done"), "a result", process)

        def at_work():
            over = {entry["run"] for event in ("done", "failed") for entry in self.events(name, event)}
            return [e["pid"] for e in self.events(name, "started") if e["run"] not in over]

        for _ in range(20):  # one that ends meanwhile makes room for another
            for child in at_work():
                kill_if_running(child, signal.SIGSTOP)
            time.sleep(0.01)
        finished = {entry["run"] for entry in self.events(name, "done")}
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
        self.assertIn(process.returncode, (128 + signal.SIGTERM, 75))
        for child in at_work():
            kill_if_running(child, signal.SIGCONT)
        process.communicate(timeout=10)
        self.assertLessEqual(finished, set(self.results(name)))

    def test_a_signal_that_children_get_first(self):
        """As of a scheduler that goes from process to process."""
        name = self.plan("first", study=self.longer())
        process = self.start("sweep", "run", name, "-j", "2")
        children = self.wait_for(lambda: self.events(name, "started"), "a run", process)
        process.send_signal(signal.SIGSTOP)
        for child in children:
            kill_if_running(child["pid"], signal.SIGTERM)
        for child in children:
            self.wait_for(lambda pid=child["pid"]: not is_running(pid), "its end")
        process.send_signal(signal.SIGCONT)
        time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 75, err)
        self.assertEqual(self.events(name, "failed"), [])

    def limited(self, limit, name, *words):
        return ["bash", "-c", f'ulimit {limit} && exec "$@"', "-", PROGRAM, "sweep", "run", name,
                *words]

    def test_few_open_files(self):
        expected = self.whole()
        name = self.plan("few")
        done = subprocess.run(self.limited("-n 14", name, "-j", "12"), capture_output=True,
                              text=True, cwd=self.folder, timeout=120, env=self.environment())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.results(name), expected)

    def test_as_many_open_files_as_it_may_have(self):
        name = self.plan("many", study=self.longer())
        with subprocess.Popen(self.limited("-Sn 40", name), stderr=subprocess.DEVNULL,
                              cwd=self.folder, env=self.environment()) as process:
            self.wait_for(lambda: self.events(name, "started"), "a run")
            limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
            process.send_signal(signal.SIGTERM)
        soft, hard = re.search(r"Max open files +(\S+) +(\S+)", limits).groups()
        self.assertEqual(soft, hard)

    def test_killed_in_the_middle_nothing_published_is_lost(self):
        expected = self.whole()
        name = self.plan("killed")
        moments = random.Random(4)
        for _ in range(4):
            before = set(self.results(name))
            seen = len(self.journal(name))
            process = self.start("sweep", "run", name, "-q", "-j", "2")
            self.wait_for(lambda: process.poll() is not None or len(self.journal(name)) > seen,
                          "a sign of life")
            time.sleep(moments.uniform(0.0, 0.3))
            process.kill()
            process.communicate(timeout=60)
            self.assertLessEqual(before, set(self.results(name)))
            for child in self.events(name, "started"):
                self.wait_for(lambda pid=child["pid"]: not is_running(pid), "its end", seconds=10)
        self.call("sweep", "run", name, "-q")
        self.assertEqual(self.results(name), expected)

    def test_a_planned_sweep_needs_no_library(self):
        expected = self.whole()
        name = self.plan("alone")
        (self.folder / "nothing").mkdir()
        for verb in (["run", name, "-q"], ["replay", name, "3", "-q"], ["status", name], ["merge", name]):
            done = subprocess.run([PROGRAM, "sweep", *verb], capture_output=True, text=True, timeout=120,
                                  cwd=self.folder,
                                  env=dict(os.environ, TERRACE_SCENARIOS=str(self.folder / "nothing")))
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.results(name), expected)

    def test_what_is_no_sweep(self):
        self.assertIn("nowhere", self.call("sweep", "run", "nowhere", status=74).stderr)
        name = self.plan("changed")
        plan = self.folder / name / "plan.json"
        plan.write_text(plan.read_text().replace('"replicates": 2', '"replicates": 3'))
        self.call("sweep", "run", name, status=65)

    @unittest.skipUnless(SHIM, "sanitizers take more address space than can be limited")
    def test_more_at_once_than_memory_has_room_for(self):
        name = self.plan("memory", study=self.longer())

        def limited(kilobytes, *words):
            return subprocess.run(["bash", "-c", 'ulimit -v "$0" && exec "$@"', str(kilobytes),
                                   PROGRAM, "sweep", "run", name, *words], capture_output=True,
                                  text=True, cwd=self.folder, timeout=120, env=self.environment())

        # From what the program cannot even begin with, up to where one run fits and twelve do not.
        fits = None
        for kilobytes in range(30_000, 120_000, 2_000):
            done = limited(kilobytes, "-j", "12")
            fits = re.search(r"12 runs at a time need about .* free: -j (\d+) fits", done.stderr)
            if fits:
                break
            self.assertNotEqual(done.returncode, 0, "twelve runs fit before one did")
        self.assertTrue(fits)
        self.assertEqual(done.returncode, 69)
        self.assertEqual(self.events(name, "started"), [])
        done = limited(kilobytes, "-j", fits[1])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(self.results(name)), list(range(RUNS)))


if __name__ == "__main__":
    unittest.main()
