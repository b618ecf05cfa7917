"""Many more ranks than counties or cores, a minute each at most."""
import unittest

from mpi_runs import SMALL, MpiTest


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


if __name__ == "__main__":
    unittest.main()
