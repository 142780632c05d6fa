"""What the tests share: a course, made as docs/grading.md says."""

import copy
import json
import subprocess

import pytest
from course import ROOT, Course, blocks, solution
from formgrader import Formgrader

DAY = "day-03-threads-and-processes.ipynb"
DAY_11 = "day-11-threads-locks-and-semaphores.ipynb"
PAGES = "page-downloader"


@pytest.fixture(scope="session")
def commands():
    """The blocks of commands of docs/grading.md about nbgrader."""
    names = ("install", "release", "grade", "serve")
    return dict(zip(names, blocks("grading.md", "With nbgrader"), strict=True))


@pytest.fixture(scope="session")
def course(commands, tmp_path_factory):
    """A course with Day 3, Day 11, and `pages`, which is the first task alone."""
    course = Course(tmp_path_factory.mktemp("home"))
    other = f"bin/interleave release notebooks/{DAY_11} --course ~/course"
    for release in (commands["release"], other):
        ran = subprocess.run(
            ["bash", "-euc", release],
            check=False,
            cwd=ROOT,
            env=course.env,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    source = course.folder / "source"
    day = json.loads((source / "day-03" / DAY).read_text())
    day["cells"] = [
        cell
        for cell in day["cells"]
        if PAGES in cell["metadata"].get("interleave", {}).values()
    ]
    day["cells"].insert(0, CHECKS)
    (source / "pages").mkdir()
    (source / "pages" / "pages.ipynb").write_text(json.dumps(day))
    for assignment in ("pages", "day-11"):
        course.ok("nbgrader", "generate_assignment", assignment)
    return course


# Day 3 imports what check cells call where its tasks begin.
CHECKS = {
    "cell_type": "code",
    "execution_count": None,
    "id": "imports",
    "metadata": {},
    "outputs": [],
    "source": 'import "github.com/interleave-lab/interleave/kernel-helpers/check"',
}


@pytest.fixture(scope="session")
def released(course):
    """Gives a fresh copy of a notebook that learners get, as decoded JSON."""
    texts = {
        "day-03": (course.folder / "release" / "day-03" / DAY).read_text(),
        "day-11": (course.folder / "release" / "day-11" / DAY_11).read_text(),
        "pages": (course.folder / "release" / "pages" / "pages.ipynb").read_text(),
    }
    parsed = {name: json.loads(text) for name, text in texts.items()}
    return lambda assignment: copy.deepcopy(parsed[assignment])


@pytest.fixture(scope="session")
def solved(released):
    """Gives a copy in which every exercise is answered rightly."""

    def solved(assignment):
        nb = released(assignment)
        for cell in nb["cells"]:
            if slug := cell["metadata"].get("interleave", {}).get("exercise"):
                cell["source"] = solution(slug)
        return nb

    return solved


@pytest.fixture(scope="session")
def formgrader(course, commands, tmp_path_factory):
    command = commands["serve"].strip()
    with Formgrader(course, command, tmp_path_factory.mktemp("server")) as server:
        yield server
