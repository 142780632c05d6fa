"""A course folder of nbgrader, what is in its gradebook, and how to ask for more."""

import os
import re
import sqlite3
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / "deploy" / "nbgrader" / ".venv"


class Course:
    def __init__(self, home):
        """The course is where docs/grading.md has it: in the home folder."""
        self.home, self.folder = Path(home), Path(home, "course")
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "NBGRADER", "VIRTUAL_ENV", "PYTHON"))
        }
        # Go's caches are found by the home folder otherwise.
        caches = subprocess.run(
            ["go", "env", "GOCACHE", "GOMODCACHE", "GOPATH"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\n")
        env |= dict(zip(("GOCACHE", "GOMODCACHE", "GOPATH"), caches, strict=False))
        env |= {
            "HOME": str(home),
            "JUPYTER_PATH": str(ROOT / ".venv" / "share" / "jupyter"),
            "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
        }
        self.env = env

    def run(self, *command):
        """Runs an nbgrader command in the course; returns its status and all it said."""
        ran = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return ran.returncode, ran.stdout

    def ok(self, *command):
        status, said = self.run(*command)
        assert status == 0, said
        return said

    def hand_in(self, student, assignment, notebook, content):
        path = self.folder / "submitted" / student / assignment / notebook
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def points(self, assignment):
        """student -> grade_id -> points, as the gradebook has them."""
        rows = self._rows(
            """select submitted_assignment.student_id, base_cell.name, grade.score
               from (select *, coalesce(manual_score, auto_score) as score from grade) grade
               join base_cell on base_cell.id = grade.cell_id
               join submitted_notebook on submitted_notebook.id = grade.notebook_id
               join submitted_assignment
                   on submitted_assignment.id = submitted_notebook.assignment_id
               join assignment on assignment.id = submitted_assignment.assignment_id
               where assignment.name = ?""",
            assignment,
        )
        points = {}
        for student, cell, score in rows:
            points.setdefault(student, {})[cell] = score
        return points

    def handed_out(self):
        """All that the gradebook holds of assignments, and nothing of submissions."""
        tables = ("assignment", "notebook", "base_cell", "grade_cells", "source_cell")
        return {
            table: self._rows(f"select * from {table} order by id") for table in tables
        }

    def _rows(self, query, *values):
        with sqlite3.connect(self.folder / "gradebook.db") as gradebook:
            return gradebook.execute(query, values).fetchall()


def solution(slug):
    """The reference solution as it stands in a cell."""
    text = (ROOT / "solutions" / slug / "solution.go").read_text()
    return re.sub(r"(?m)^package .*\n", "", text)


def blocks(page, heading):
    """The shell commands of the section below a heading of a page, block by block."""
    text = (ROOT / "docs" / page).read_text()
    section = re.search(rf"(?ms)^## {heading}$(.*?)(?=^## |\Z)", text)
    assert section, f"docs/{page} has no section {heading}"
    return re.findall(r"(?ms)^```sh\n(.*?)^```$", section[1])
