"""What tests of sweeps share: small studies, what lies in their folders, processes caught in the
middle."""
import ctypes
import ctypes.util
import json
import os
import re
import shutil
import struct
import time

from terrace_program import SCENARIOS, ProgramTest

TINY = SCENARIOS / "studies" / "tiny.yaml"
LINE = b"terrace sweep results 1\n"


def read_segment(path):
    """The results of a file: bytes of digest and values by run. Its checksums are the program's to
    check."""
    data = path.read_bytes()
    assert data.startswith(LINE), path
    at, results = len(LINE), {}
    while at < len(data):
        length, kind = struct.unpack_from("<Qc", data, at)
        frame = data[at + 9:at + 9 + length]
        assert len(frame) == length, path
        if kind == b"r":
            results[struct.unpack_from("<Q", frame)[0]] = frame[8:]
        at += 9 + length + 32
    return results


def fingerprint(data):
    """128-bit XXH3, the upper half first."""
    class Halves(ctypes.Structure):
        _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]

    hash_of = ctypes.CDLL(ctypes.util.find_library("xxhash")).XXH3_128bits
    hash_of.restype = Halves
    hash_of.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    value = hash_of(data, len(data))
    return f"{value.high:016x}{value.low:016x}".encode()


def rewrite(path, change):
    """A file of results with `change(kind, content)` in the place of each frame, and checksums that fit."""
    data = path.read_bytes()
    at, out, last = len(LINE), LINE, LINE
    while at < len(data):
        length, kind = struct.unpack_from("<Qc", data, at)
        body = change(kind, data[at + 9:at + 9 + length])
        head = struct.pack("<Qc", len(body), kind)
        last = fingerprint(struct.pack("<Q", len(last)) + last + head + body)
        out += head + body + last
        at += 9 + length + 32
    path.write_bytes(out)


def change_program(path, program):
    """Makes the results of a file those of another program (version and commit), and gives the one before."""
    before = re.search(rb"\nprogram (.*)\n", path.read_bytes())[1]
    line = b"\nprogram %s\n"
    rewrite(path, lambda kind, body: body.replace(line % before, line % program.encode()) if kind == b"h" else body)
    return before.decode()


class SweepTest(ProgramTest):
    def plan(self, name, *more, study=TINY):
        self.call("sweep", "plan", study, "-o", name, "-q", *more)
        return name

    def results(self, name):
        """Of all segments; two results of a run must be the same bytes."""
        results = {}
        for path in sorted((self.folder / name / "segments").glob("*.seg")):
            for run, result in read_segment(path).items():
                self.assertEqual(results.setdefault(run, result), result, f"{path}: run {run}")
        return results

    def journal(self, name):
        """All entries of all journals, by file; a line that is being written is left out."""
        entries = []
        for path in sorted((self.folder / name / "journal").glob("*.jsonl")):
            lines = path.read_text().split("\n")[:-1]
            entries += [json.loads(line) for line in lines]
        return entries

    def events(self, name, event):
        return [entry for entry in self.journal(name) if entry["event"] == event]

    def wait_for(self, holds, what, process=None, seconds=60):
        """Waits until `holds()` is true and gives it."""
        deadline = time.monotonic() + seconds
        while True:
            found = holds()
            if found:
                return found
            self.assertLess(time.monotonic(), deadline, f"waited in vain for {what}")
            if process is not None and process.poll() is not None:
                out, err = process.communicate()
                self.fail(f"ended with {process.returncode} before {what}\n{out}\n{err}")
            time.sleep(0.002)

    def copy(self, name, to):
        shutil.copytree(self.folder / name, self.folder / to)
        return to


def is_running(pid):
    """Whether a process runs; one that has ended may wait to be asked how."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def kill_if_running(pid, how):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass
