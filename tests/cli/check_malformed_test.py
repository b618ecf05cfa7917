"""Malformed scenarios through the program: status 65, every mistake named with its place, within a
second of processor time and 256 MB of address space."""
import os
import resource
import unittest

from terrace_program import PROGRAM, ProgramTest

MEGABYTES = 1 << 20

# What is wrong, and what must be said of it. `{d}` is the file.
MALFORMED = {
    "a hundred thousand brackets": ("[" * 100_000, ": more than 32 levels deep"),
    "maps in maps": ("{a: " * 100_000, ": more than 32 levels deep"),
    "laughs": ("a0: &a0 [x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)), "{d}:2:10: a1[0]: an alias"),
    "a huge scalar": ("terrace: 1\ntitle: " + "x" * 990_000 + "\n", "{d}:2:8: title: is longer than 2000 bytes"),
    "too large": ("# " + "x" * 1_000_000 + "\n", "{d}: is larger than 1 MB"),
    "many mistakes": ("".join(f"k{i}: 1\n" for i in range(45_000)), "more mistakes"),
    "not UTF-8": (b"terrace: 1\ntitle: \xff\xfe\n", "{d}:2:8: is not valid UTF-8"),
    "a control character": (b"terrace: 1\ntitle: a\x1bb\n", "{d}:2:9: a control character"),
    "a mark in the middle": ("terrace: 1\n\ufefftitle: a\n", "{d}:2:1: \ufefftitle: unknown key"),
    "two documents": ("terrace: 1\n---\nterrace: 1\n", "{d}:2:1: a second YAML document"),
    "a tag": ("terrace: !!python/object/apply:os.system [ls]\n", "{d}:1:10: terrace: a tag"),
    "itself": ("terrace: 1\nextends: wrong.yaml\n", "{d}:2:10: extends: a cycle"),
    "nobody": ("terrace: 1\nextends: nobody.yaml\n", "{d}:2:10: extends: 'nobody.yaml' does not exist"),
    "misspelt": ("terrace: 1\npolicies:\n  relocaton: {}\n",
                 "{d}:3:3: policies.relocaton: unknown policy; did you mean 'relocation'?"),
    "infinite": ("terrace: 1\nparameters: {farm_assets: {tau: .inf}}\n",
                 "{d}:2:33: parameters.farm_assets.tau: must be a number, found '.inf'"),
    "empty": ("", "{d}:1:1: the file is empty"),
}


class Malformed(ProgramTest):
    def check(self, *words):
        """Status, messages, seconds of processor time and the most memory, of the program in limits."""
        said = self.folder / "said"
        child = os.fork()
        if child == 0:
            os.chdir(self.folder)
            with open(said, "w") as out:
                os.dup2(out.fileno(), 1)
                os.dup2(out.fileno(), 2)
            if not SANITIZED:  # whose shadow memory is address space too
                resource.setrlimit(resource.RLIMIT_AS, (256 * MEGABYTES, 256 * MEGABYTES))
            os.execve(PROGRAM, [PROGRAM, "check", *words], self.environment())
        _, status, usage = os.wait4(child, 0)
        self.assertTrue(os.WIFEXITED(status), said.read_text(errors="replace"))
        return (os.WEXITSTATUS(status), said.read_text(errors="replace"), usage.ru_utime + usage.ru_stime,
                usage.ru_maxrss * 1024)

    def test_each_is_refused_in_little_time_and_memory(self):
        for name, (text, message) in MALFORMED.items():
            with self.subTest(name):
                (self.folder / "wrong.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
                status, said, seconds, memory = self.check("wrong.yaml")
                self.assertEqual(status, 65, said[:1000])
                self.assertIn(message.replace("{d}", "wrong.yaml"), said[:100_000])
                self.assertRegex(said.rstrip().splitlines()[-1], r"^terrace: \d+ mistakes? in wrong\.yaml$")
                self.assertLess(max(map(len, said.splitlines())), 1000)
                if not SANITIZED:
                    self.assertLess(seconds, 1.0)
                    self.assertLess(memory, 256 * MEGABYTES)

    def test_a_long_chain(self):
        for i in range(40):
            self.write(f"{i}.yaml", f"terrace: 1\nextends: {i + 1}.yaml\n")
        self.assertIn("31.yaml:2:10: extends: a chain of more than 32 files",
                      self.call("check", "0.yaml", status=65).stderr)

    def test_all_mistakes_of_all_layers_at_once(self):
        self.write("base.yaml", "terrace: 1\nruns: {}\nrun: {seed: -1}\n")
        self.write("mine.yaml", "terrace: 1\nextends: base.yaml\nregistry: {enabled: 1}\n")
        said = self.call("run", "mine.yaml", "--set", "run.replicates=0", "--set", "policies.cash.targett=1",
                         "--seed", "x", "--replicates", "1.5", status=65).stderr
        self.assertEqual(said.splitlines(), [
            "base.yaml:2:1: runs: unknown key; did you mean 'run'?",
            "base.yaml:3:13: run.seed: -1 is out of range; accepted: 0 to 18446744073709551615",
            "mine.yaml:3:21: registry.enabled: must be true or false, found '1'",
            "--set run.replicates=0: run.replicates: 0 is out of range; accepted: 1 to 10000",
            "--set policies.cash.targett=1: policies.cash.targett: unknown key; did you mean 'target'?",
            "--seed x: run.seed: must be a whole number, found 'x'",
            "--replicates 1.5: run.replicates: must be a whole number, found '1.5'; without decimals or exponent",
            "terrace: 7 mistakes in mine.yaml"])
        self.assertEqual(sorted(f.name for f in self.folder.iterdir()), ["base.yaml", "mine.yaml"])


def is_sanitized():
    with open(PROGRAM, "rb") as program:
        return any(b"__asan_init" in part or b"__tsan_init" in part
                   for part in iter(lambda: program.read(16 * MEGABYTES), b""))


SANITIZED = is_sanitized()

if __name__ == "__main__":
    unittest.main()
