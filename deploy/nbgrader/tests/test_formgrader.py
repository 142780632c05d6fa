"""formgrader's Autograde button: the same engine, through the server it speaks to."""

import html.parser
import http.client
import json
import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

import attacks
import pytest

NOTEBOOK = "pages.ipynb"


class Formgrader:
    """The server that docs/grading.md starts, on a port of its own; use it with `with`."""

    def __init__(self, course, command, state):
        self.state, self.token = Path(state), secrets.token_hex(16)
        env = course.env | {
            "JUPYTER_TOKEN": self.token,
            "JUPYTER_PORT": "0",
            "JUPYTER_RUNTIME_DIR": str(self.state),
            "JUPYTER_CONFIG_DIR": str(self.state / "config"),
        }
        (self.state / "config").mkdir()
        (self.state / "config" / "jupyter_server_config.json").write_text(
            '{"ServerApp": {"allow_root": true}}'
        )
        self.log = (self.state / "log").open("w")
        self.process = subprocess.Popen(
            ["bash", "-euc", f"exec {command}"],
            cwd=course.folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self):
        try:
            self._await_answer()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_):
        self._end()

    def ask(self, method, path):
        """Returns the status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request(
                method, path, headers={"Authorization": f"token {self.token}"}
            )
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def autograde(self, assignment, student):
        """Does what the button does, and returns what it shows."""
        status, body = self.ask(
            "POST", f"/formgrader/api/submission/{assignment}/{student}/autograde"
        )
        assert status == 200, body
        return json.loads(body)

    def _await_answer(self):
        """A server tells its address in a file, some time before it answers."""
        told = self.state / f"jpserver-{self.process.pid}.json"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.port = json.loads(told.read_text())["port"]
                if self.ask("GET", "/api/status")[0] == 200:
                    return
            except (FileNotFoundError, json.JSONDecodeError, ConnectionError):
                pass
            time.sleep(0.1)
        pytest.fail(f"the server does not start:\n{(self.state / 'log').read_text()}")

    def _end(self):
        os.kill(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def formgrader(course, commands, tmp_path_factory):
    command = commands["serve"].strip()
    with Formgrader(course, command, tmp_path_factory.mktemp("server")) as server:
        yield server


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
