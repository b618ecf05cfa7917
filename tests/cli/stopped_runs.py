"""What tests of stopped, killed and branched runs share."""
import signal
import time

from terrace_program import ProgramTest

# Long enough to be caught in the middle, short enough for a test.
RUN = ("mini", "-q", "--set", "population.provinces=[Gansu,Guizhou]", "--set", "time.start=2010-01",
       "--set", "time.end=2016-12", "--replicates", "2")
OFTEN = ("--set", "output.checkpoints.every=1")


class StoppedRuns(ProgramTest):
    seconds = 1.0

    def whole(self, *more):
        """The digest that stopped runs must end in, and the bytes of their trajectories. Takes the
        time too, by which others are stopped: machines differ."""
        started = time.monotonic()
        digest = self.digest(*RUN, *more, "-o", "whole")
        self.seconds = time.monotonic() - started
        return digest, (self.folder / "whole/trajectories.h5").read_bytes()

    def stop(self, words, after, how=signal.SIGTERM):
        """Starts the program, sends it a signal when its folder has been there for a share `after`
        of the seconds that a whole run takes, and gives its exit status. The folder is the last word."""
        running = self.start(*words)
        while not (self.folder / words[-1] / "scenario.resolved.yaml").exists():
            self.assertIsNone(running.poll(), "the run ended before it had a folder")
            time.sleep(0.002)
        time.sleep(after * self.seconds)
        running.send_signal(how)
        running.communicate(timeout=60)
        return running.returncode

    def finish(self, name, threads=1):
        """Resumes until the run is finished, if it is not; gives the digest."""
        if not (self.folder / name / "provenance.json").exists():
            return self.call("resume", name, "-q", "--threads", threads).stdout.splitlines()[-1]
        text = (self.folder / name / "provenance.json").read_text()
        return "digest: " + text.split('"results_digest": "')[1][:32]
