"""Asks the interleave command for its verdicts on one submission."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


class EngineFault(Exception):
    """A submission could not be judged, for a reason that is not its own."""


@dataclass
class Verdict:
    points: float
    text: str  # for the learner


class Engine:
    def __init__(self, command, solutions, timeout):
        """`timeout` is in seconds."""
        self.command, self.solutions, self.timeout = command, solutions, timeout

    def judge(self, path):
        """Returns the Verdicts on the notebook at `path`, or raises EngineFault."""
        with tempfile.TemporaryDirectory(prefix="interleave-") as out:
            command = [self.command, "grade", str(path), "--json", "--out", out]
            if self.solutions:
                command += ["--solutions", str(Path(self.solutions).expanduser())]
            return Verdicts(self._ask(command))

    def _ask(self, command):
        try:
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                timeout=self.timeout,
            )
        except FileNotFoundError:
            raise EngineFault(
                f"the engine is not there: {self.command}. Build it with make setup"
            ) from None
        except subprocess.TimeoutExpired:
            raise EngineFault(
                f"the engine gave no answer within {self.timeout} s: grade again"
            ) from None
        except OSError as error:
            raise EngineFault(f"the engine cannot be started: {error}") from None
        # 0: judged; 1: something in it is the grader's fault, and the rows say what.
        if done.returncode not in (0, 1):
            raise EngineFault(
                f"the engine ended with {done.returncode}: {done.stderr.strip()}"
            )
        try:
            return json.loads(done.stdout)["results"]
        except (ValueError, KeyError, TypeError):
            raise EngineFault(
                f"the engine said nothing that can be read: {done.stderr.strip()}"
            ) from None


class Verdicts:
    """The engine's rows on one submission, by exercise."""

    def __init__(self, rows):
        for row in rows:
            if row["verdict"] == "grader fault":
                raise EngineFault(row["message"])
        self._rows = {row["exercise"]: row for row in rows}

    def of(self, slug, worth):
        """Returns the Verdict on an exercise that is `worth` so many points.

        A submission out of which no exercise could be read earns none of any.
        Whatever else is not as it must be is an EngineFault.
        """
        if "" in self._rows:
            row = self._rows[""]
            return Verdict(0.0, _text(slug, row))
        row = self._rows.get(slug)
        if row is None:
            raise EngineFault(f"the engine said nothing of {slug}")
        if row["max_points"] != worth:
            raise EngineFault(
                f"{slug} is worth {row['max_points']} points, and {worth:g} in the gradebook: "
                "release the notebook anew and generate the assignment again"
            )
        points = row["points"]
        if not 0 <= points <= worth:
            raise EngineFault(
                f"the engine gave {points} of {worth:g} points for {slug}"
            )
        return Verdict(float(points), _text(slug, row))


def _text(slug, row):
    lines = [f"{slug}: {row['verdict']}"]
    if row["message"]:
        lines.append(row["message"])
    report = row.get("report") or {}
    for check in report.get("checks") or []:
        lines.append(f"  {check['verdict']:<10} {check['sentence']}")
    lines += [f"  note: {note}" for note in report.get("notes") or []]
    return "\n".join(lines) + "\n"
