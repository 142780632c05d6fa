"""A real nbgrader hands out Day 3, takes it back, and gives it the engine's points."""

import csv
import json
import shlex

from conftest import DAY
from course import ROOT, solution


def test_the_assignment_is_what_was_released(course, released):
    source = json.loads((course.folder / "source" / "day-03" / DAY).read_text())
    given = released("day-03")
    for cell in given["cells"]:
        # What JupyterLab locks; nbgrader adds it, and nothing else may differ.
        cell["metadata"].pop("deletable", None)
        cell["metadata"].pop("editable", None)
    assert given == source
    assert given["metadata"]["interleave"]["release"]


def test_a_released_answer_is_refused(course, solved):
    """Whoever puts a solved notebook into source/ must not hand it out."""
    folder = course.folder / "source" / "solved"
    folder.mkdir()
    (folder / "solved.ipynb").write_text(json.dumps(solved("pages")))
    status, said = course.run("nbgrader", "generate_assignment", "solved")
    assert status != 0
    assert "holds something else than its stub" in said
    assert not list((course.folder / "release").glob("solved/*.ipynb"))


def test_the_page_says_how_to_install(commands):
    """Its first command is the one that these tests were started with."""
    assert commands["install"].strip() in (ROOT / "deploy/nbgrader/test.sh").read_text()


def test_the_page_grades_a_day(course, commands, solved, released):
    """docs/grading.md's commands, word for word."""
    course.hand_in("ann", "day-03", DAY, json.dumps(solved("day-03")).encode())
    half = released("day-03")
    for cell in half["cells"]:
        if cell["metadata"].get("interleave", {}).get("exercise") == "file-pool":
            cell["source"] = solution("file-pool")
    course.hand_in("bob", "day-03", DAY, json.dumps(half).encode())

    said = course.ok("bash", "-euc", commands["grade"])

    points = course.points("day-03")
    worth = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["nbgrader"]["points"]
        for cell in released("day-03")["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }
    assert points["ann"] == worth, said
    assert points["bob"] == {
        name: value if name == "file-pool-check" else 0 for name, value in worth.items()
    }
    with (course.folder / "grades.csv").open() as table:
        scores = {
            row["student_id"]: float(row["score"])
            for row in csv.DictReader(table)
            if row["assignment"] == "day-03" and row["student_id"] in points
        }
    assert scores == {"ann": sum(worth.values()), "bob": worth["file-pool-check"]}
    page = (
        course.folder / "feedback" / "bob" / "day-03" / DAY.replace(".ipynb", ".html")
    )
    assert "word-count: failed" in page.read_text()
    assert "file-pool: passed" in page.read_text()


def test_learners_can_validate(course, solved, tmp_path):
    """nbgrader's own check runs on the course's kernel; Day 11's tests have wrong answers."""
    path = tmp_path / "pages.ipynb"
    path.write_text(json.dumps(solved("pages")))
    status, said = course.run("nbgrader", "validate", str(path))
    assert status == 0, said
    assert "Success! Your notebook passes all the tests" in said


def test_a_release_is_done_once(course, commands):
    """Released anew, nothing changes, and what a teacher changed is left alone."""
    release = next(
        line for line in commands["release"].splitlines() if " release " in line
    )
    again = ["bash", "-euc", f"cd {shlex.quote(str(ROOT))}; {release}"]
    assert "already" in course.ok(*again)
    path = course.folder / "source" / "day-03" / DAY
    before = path.read_text()
    path.write_text(before.replace("## Tasks", "## My tasks"))
    try:
        status, said = course.run(*again)
    finally:
        path.write_text(before)
    assert status == 2
    assert "was changed after it was released" in said
