"""Whatever the engine answers that it should not, nobody gets points for it."""

import json
import sys

import pytest
from course import ROOT

sys.path.insert(0, str(ROOT / "deploy" / "nbgrader" / "interleave_nbgrader"))

from engine import Engine, EngineFault

ROW = {
    "submission": "pages.ipynb",
    "exercise": "page-downloader",
    "verdict": "passed",
    "points": 15,
    "max_points": 15,
    "message": "",
}


@pytest.fixture
def answering(tmp_path):
    """Gives an Engine whose command prints a text and ends with a status."""

    def answering(text, status=0):
        (tmp_path / "answer").write_text(text)
        command = tmp_path / "interleave"
        command.write_text(f"#!/bin/sh\ncat '{tmp_path}/answer'\nexit {status}\n")
        command.chmod(0o755)
        return Engine(str(command), "", 60)

    return answering


def rows(**changed):
    return json.dumps({"results": [ROW | changed]})


def test_points_are_the_engines(answering, tmp_path):
    report = {
        "checks": [{"verdict": "race", "sentence": "Every page is there"}],
        "notes": ["the notebook is an older one"],
    }
    row = rows(points=7.5, verdict="race", message="two goroutines", report=report)
    verdict = answering(row, 0).judge(tmp_path).of("page-downloader", 15.0)
    assert verdict.points == 7.5
    assert verdict.text.splitlines() == [
        "page-downloader: race",
        "two goroutines",
        "  race       Every page is there",
        "  note: the notebook is an older one",
    ]


def test_a_notebook_without_exercises_earns_nothing(answering, tmp_path):
    engine = answering(rows(exercise="", verdict="rejected", points=0, max_points=0))
    assert engine.judge(tmp_path).of("page-downloader", 15.0).points == 0


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("", 0, "nothing that can be read"),
        ('{"results": [', 0, "nothing that can be read"),
        ("[]", 0, "nothing that can be read"),
        (rows(), 2, "ended with 2"),
        (rows(verdict="grader fault", message="disk full"), 1, "disk full"),
        (rows(exercise="word-count"), 0, "said nothing of page-downloader"),
        (rows(max_points=16), 0, "release the notebook anew"),
        (rows(points=16), 0, "gave 16 of 15 points"),
        (rows(points=-1), 0, "gave -1 of 15 points"),
        (rows(points=float("nan")), 0, "gave nan of 15 points"),
    ],
)
def test_a_fault_awards_nothing(answering, tmp_path, text, status, says):
    with pytest.raises(EngineFault, match=says):
        answering(text, status).judge(tmp_path).of("page-downloader", 15.0)


def test_an_engine_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(EngineFault, match="make setup"):
        Engine(str(tmp_path / "nowhere"), "", 60).judge(tmp_path)
