"""formgrader's Autograde button: the same engine, through the server it speaks to."""

import html.parser
import json

import attacks

NOTEBOOK = "pages.ipynb"


def test_the_button_asks_the_engine(course, formgrader, released, solved):
    notebooks = attacks.notebooks(released, solved)
    for student in ("right", "exits", "claims_outputs", "from_the_future"):
        points, content = notebooks[student]
        who = f"{student}-again"
        course.hand_in(who, "pages", NOTEBOOK, content)
        answer = formgrader.autograde("pages", who)
        assert answer["success"], answer
        assert course.points("pages")[who] == {attacks.CHECK: points}


def test_the_button_says_why_nothing_was_awarded(course, formgrader):
    own = course.hand_in("links-again", "pages", NOTEBOOK, b"")
    own.unlink()
    own.symlink_to(course.folder / "gradebook.db")
    answer = formgrader.autograde("pages", "links-again")
    assert not answer["success"]
    assert "is a link" in answer["log"]
    assert course.points("pages")["links-again"] == {attacks.CHECK: None}


def test_no_script_reaches_the_teacher(course, formgrader, released, solved):
    _, content = attacks.notebooks(released, solved)["attacks_teacher"]
    course.hand_in("mallory", "pages", NOTEBOOK, content)
    assert formgrader.autograde("pages", "mallory")["success"]
    status, listing = formgrader.ask(
        "GET", "/formgrader/api/submitted_notebooks/pages/pages"
    )
    assert status == 200, listing
    (own,) = (row for row in json.loads(listing) if row["student"] == "mallory")
    status, page = formgrader.ask("GET", f"/formgrader/submissions/{own['id']}/")
    assert status == 200
    assert "page-downloader: failed" in page
    assert "attack()" in page
    active = Active()
    active.feed(page)
    assert not any("attack" in text for text in active.found)


class Active(html.parser.HTMLParser):
    """Collects what a browser would run: scripts, and the values of attributes."""

    def __init__(self):
        super().__init__()
        self.found, self.script = [], False

    def handle_starttag(self, tag, attrs):
        self.script = tag == "script"
        self.found += [value or "" for _, value in attrs]

    def handle_endtag(self, tag):
        self.script = False

    def handle_data(self, data):
        if self.script:
            self.found.append(data)
