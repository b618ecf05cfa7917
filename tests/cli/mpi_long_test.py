"""Many more ranks than counties or cores, a minute each at most; and a signal that mpirun keeps for seconds."""
import signal
import unittest

from mpi_runs import SMALL, MpiTest
from terrace_program import PROGRAM


class ManyRanks(MpiTest):
    def test_up_to_31(self):
        for words in (("teach",), SMALL):
            name = words[0]
            expected = self.digest(*words, "-q", "-o", name)
            for ranks in (1, 2, 3, 4, 7, 31):
                for threads in (1, 2):
                    out = f"{name}-{ranks}-{threads}"
                    self.assertEqual(self.digest_over(ranks, "run", *words, "-q", "--threads",
                                                      threads, "-o", out), expected, out)
                    self.assertEqual(self.bytes_of(out), self.bytes_of(name), out)

    def test_sigterm_to_mpirun(self):
        # mpirun waits for seconds, gives the ranks as long again, then kills them, and says 1
        # whatever they say: the run must take longer than both.
        words = (*SMALL, "--set", "output.checkpoints.every=1", "--set", "time.end=2020-12", "-q",
                 "--set", "population.sample.villages=0.3", "--threads", "1")
        expected = self.digest(*words, "-o", "whole")
        job = self.job(3, (PROGRAM, "run", *words, "-o", "term"))
        self.wait_for("term/checkpoint/0.bin", job)
        job.send_signal(signal.SIGTERM)
        said = self.ended(job, 1)
        self.assertEqual(said.stdout, "")
        self.assertEqual(said.stderr.count("terrace: stopped; `terrace resume "), 1)
        self.assertEqual(self.digest_over(2, "resume", "term", "-q", "--threads", "2"), expected)
        self.assertEqual(self.bytes_of("term"), self.bytes_of("whole"))


if __name__ == "__main__":
    unittest.main()
