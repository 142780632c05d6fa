"""Attack notebooks in one batch: none gains points, none keeps others from theirs."""

import json

import attacks
import pytest

NOTEBOOK = "pages.ipynb"


@pytest.fixture(scope="module")
def handed_in(course, released, solved):
    """Everybody's notebook, and a link to somebody else's."""
    expected = {}
    for student, (points, content) in attacks.notebooks(released, solved).items():
        course.hand_in(student, "pages", NOTEBOOK, content)
        expected[student] = points
    own = course.hand_in("links", "pages", NOTEBOOK, b"")
    own.unlink()
    own.symlink_to(course.folder / "submitted" / "right" / "pages" / NOTEBOOK)
    return expected


@pytest.fixture(scope="module")
def graded(course, handed_in):
    """What the gradebook held before, and what nbgrader said of the batch."""
    before = course.handed_out(), course.points("day-03")
    status, said = course.run("nbgrader", "autograde", "pages")
    return before, status, said


def test_none_gains_points(course, handed_in, graded):
    _, _, said = graded
    earned = {who: row[attacks.CHECK] for who, row in course.points("pages").items()}
    assert earned == handed_in | {"links": None}, said


def test_nothing_else_changes(course, graded):
    before, _, _ = graded
    assert (course.handed_out(), course.points("day-03")) == before


def test_nothing_is_executed(course, graded):
    assert not list(course.folder.rglob("executed"))


def test_a_link_is_told_and_its_target_kept(course, graded):
    _, status, said = graded
    assert status != 0
    assert "is a link" in said
    assert not (course.folder / "autograded" / "links" / "pages").exists()


def test_teachers_see_the_release_and_no_forgery(course, released, graded):
    """Of a submission, text is shown, and nothing that it says about itself."""
    check = attacks.cell(released("pages"), attacks.CHECK)
    for path in (course.folder / "autograded").glob("*/pages/*.ipynb"):
        nb = json.loads(path.read_text())
        shown = attacks.cell(nb, attacks.CHECK)
        assert shown["source"] == check["source"], path
        ids = [
            each["metadata"].get("nbgrader", {}).get("grade_id") for each in nb["cells"]
        ]
        assert [each for each in ids if each] in (
            [attacks.CODE, attacks.CHECK],
            [attacks.CHECK, attacks.CODE],
        ), path
        outputs = [each.get("outputs") for each in nb["cells"] if each is not shown]
        assert not any(outputs), path


def test_without_an_engine_there_are_no_points(course, graded):
    """What it awarded before is void, until it answers again."""
    grade = ("nbgrader", "autograde", "pages", "--student=right", "--force")
    status, said = course.run(*grade, "--Judge.command=/nowhere/interleave")
    assert status != 0
    assert "the engine is not there" in said
    assert course.points("pages")["right"][attacks.CHECK] is None
    course.ok(*grade)
    assert course.points("pages")["right"][attacks.CHECK] == attacks.FULL


def test_without_the_configuration_nothing_is_awarded(course, graded):
    """nbgrader as it comes would execute what was handed in."""
    config = course.folder / "nbgrader_config.py"
    ours = config.read_text()
    plain = "\n".join(
        line for line in ours.splitlines() if "load_subconfig" not in line
    )
    config.write_text(plain)
    try:
        status, said = course.run(
            "nbgrader", "autograde", "pages", "--student=exits", "--force"
        )
        refused, why = course.run(
            "nbgrader", "generate_assignment", "day-03", "--force"
        )
    finally:
        config.write_text(ours)
    assert status != 0
    assert "No such kernel named graded-by-interleave" in said
    assert course.points("pages")["exits"][attacks.CHECK] == 0
    assert refused != 0
    assert "language 'go' has not been specified" in why
