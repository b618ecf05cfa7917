"""A disk that is full at forty offsets; the other tests of failing disks again."""
import unittest

from full_disk_slow_test import FullDisk


class AtForty(FullDisk):
    offsets = 40


del FullDisk  # or it would run here too

if __name__ == "__main__":
    unittest.main()
