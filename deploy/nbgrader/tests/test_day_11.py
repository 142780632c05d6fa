"""Seven exercises in one notebook: a right one, and all that programs can try to do."""

import json

import programs
import pytest
from conftest import CHECKS, DAY_11


@pytest.fixture(scope="module")
def worth(released):
    """slug -> what the exercise is worth, in the order of the notebook."""
    marks = [
        cell["metadata"]["nbgrader"]
        for cell in released("day-11")["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    assert len(marks) == 7
    return {mark["grade_id"].removesuffix("-check"): mark["points"] for mark in marks}


@pytest.fixture(scope="module")
def attacks(released, worth):
    return programs.packed(lambda: released("day-11"), list(worth))


@pytest.fixture(scope="module")
def graded(course, released, solved, attacks):
    """slug -> points of each student, and what nbgrader said."""
    course.hand_in("ann", "day-11", DAY_11, json.dumps(solved("day-11")).encode())
    for student, (content, _) in attacks.items():
        course.hand_in(student, "day-11", DAY_11, content)
    said = course.ok("nbgrader", "autograde", "day-11")
    points = {
        student: {name.removesuffix("-check"): each for name, each in row.items()}
        for student, row in course.points("day-11").items()
    }
    return points, said


def test_right_answers_earn_all(graded, worth):
    points, said = graded
    assert points["ann"] == worth, said


def test_no_program_wins(course, graded, attacks, worth):
    """And each is judged for what it does, not for what stands beside it."""
    points, said = graded
    told = []
    for student, (_, chosen) in attacks.items():
        shown = json.loads(
            (course.folder / "autograded" / student / "day-11" / DAY_11).read_text()
        )
        verdicts = dict(
            "".join(output["text"]).split(": ", 1)
            for cell in shown["cells"]
            for output in cell.get("outputs", [])
            if output["output_type"] == "stream"
        )
        assert set(verdicts) == set(worth), said
        for slug, verdict in verdicts.items():
            program = chosen.get(slug, UNTOUCHED)
            earned = points[student][slug]
            if not (
                earned <= program.most * worth[slug]
                and verdict.startswith(program.verdict)
                and program.says in verdict
            ):
                told.append(f"{program.name} ({slug}) earned {earned}: {verdict}")
    assert not told, "\n".join(told)
    assert not list(course.folder.rglob("executed"))


UNTOUCHED = programs.Program("untouched", "", verdict="failed", says="not written yet")


def test_the_button_grades_all_seven(course, formgrader, graded, attacks, worth):
    """Formgrader's Autograde, of somebody who answers what an attack stood in."""
    course.hand_in("mallory-1", "day-11", DAY_11, attacks["mallory-2"][0])
    answer = formgrader.autograde("day-11", "mallory-1")
    assert answer["success"], answer
    assert course.points("day-11")["mallory-1"] == {
        f"{slug}-check": 0 for slug in worth
    }


def test_learners_can_validate(course, solved, released, tmp_path):
    """The tasks alone, of which the first four are answered."""
    answered, given = solved("day-11")["cells"], released("day-11")
    tasks = [
        (ours, theirs)
        for ours, theirs in zip(answered, given["cells"], strict=True)
        if {"exercise", "check"} & set(ours["metadata"].get("interleave", {}))
    ]
    assert len(tasks) == 14
    given["cells"] = [CHECKS, *(ours for ours, _ in tasks[:8])]
    given["cells"] += [theirs for _, theirs in tasks[8:]]
    path = tmp_path / DAY_11
    path.write_text(json.dumps(given))
    status, said = course.run("nbgrader", "validate", str(path))
    assert status == 0, said
    assert "FAILED ON 3 CELL" in said
