"""The server behind formgrader's buttons."""

import http.client
import json
import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

import pytest


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
