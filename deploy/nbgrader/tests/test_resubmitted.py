"""Who hands in again, and under another name, does not keep what was earned before."""

import json

import attacks

NAME = "pages.ipynb"


def test_no_points_are_kept(course, formgrader, released, solved):
    """Of three who had earned all, one has renamed the file and one has packed it."""
    right = json.dumps(solved("pages")).encode()
    own = {who: course.hand_in(who, "pages", NAME, right) for who in "xyz"}
    for who in own:
        assert formgrader.autograde("pages", who)["success"]
    assert points(course) == dict.fromkeys("xyz", attacks.FULL)

    own["x"].unlink()
    other = own["x"].with_name("pages (1).ipynb")
    other.write_text(json.dumps(released("pages")))
    own["y"].rename(own["y"].with_name("pages.zip"))
    status, said = course.run("nbgrader", "autograde", "pages", "--student=[xyz]")
    assert status != 0
    assert "holds pages (1).ipynb in the place of pages.ipynb" in said
    assert "holds no notebook at all in the place of pages.ipynb" in said
    assert points(course) == {"x": None, "y": None, "z": attacks.FULL}

    answer = formgrader.autograde("pages", "y")
    assert not answer["success"]
    assert "holds no notebook at all" in answer["log"]
    other.rename(own["x"])
    assert formgrader.autograde("pages", "x")["success"]
    assert points(course) == {"x": 0, "y": None, "z": attacks.FULL}


def points(course):
    return {who: course.points("pages")[who][attacks.CHECK] for who in "xyz"}
