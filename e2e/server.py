"""A JupyterLab server of the tests' own, out of the course's environment."""

import json
import os
import secrets
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent

# `interleave lab` starts with the same options (internal/jupyter/lab.go).
OPTIONS = [
    "--ServerApp.open_browser=False",
    "--ServerApp.port=0",
    "--ServerApp.allow_root=True",
    "--KernelSpecManager.allowed_kernelspecs=gonb",
    "--KernelSpecManager.ensure_native_kernel=False",
    "--MultiKernelManager.default_kernel_name=gonb",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]


class Server:
    """Serves `folder` until closed; use it in a `with` statement.

    Settings, trust database and temporary files live below `state`: with a fresh
    one no notebook is trusted. `base_url` is what a hub puts in front of every
    address, such as "/user/x/".
    """

    def __init__(self, folder, state, base_url="/"):
        self.folder, self.state, self.base_url = Path(folder), Path(state), base_url
        self.token = secrets.token_hex(16)

    def __enter__(self):
        self.state.mkdir(parents=True)
        # A kernel that leaves its folder behind leaves it in here.
        (self.state / "tmp").mkdir()
        settings = self.state / "config" / "labconfig"
        settings.mkdir(parents=True)
        (settings / "page_config.json").write_text(
            '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}'
        )
        env = dict(os.environ)
        for foreign in [name for name in env if name.startswith("JUPYTER")]:
            del env[foreign]
        env |= {
            "JUPYTER_CONFIG_DIR": str(self.state / "config"),
            "JUPYTER_DATA_DIR": str(self.state / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.state / "runtime"),
            "IPYTHONDIR": str(self.state / "ipython"),
            "JUPYTER_TOKEN": self.token,
            "TMPDIR": str(self.state / "tmp"),
            "INTERLEAVE_PROGRESS_OFF": "1",
        }
        self.log = (self.state / "log").open("w")
        self.process = subprocess.Popen(
            [
                Path(os.environ.get("INTERLEAVE_VENV", ROOT / ".venv"), "bin/python"),
                *["-I", "-m", "jupyterlab", *OPTIONS],
                f"--ServerApp.root_dir={self.folder}",
                f"--ServerApp.base_url={self.base_url}",
            ],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.port = self._await_port()
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        return self

    def __exit__(self, *_):
        """Ends the kernels, then the server; raises if a process is left."""
        started = self._descendants()
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", method="DELETE")
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        left = self._await_end(started)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        if left:
            raise RuntimeError(f"left behind by JupyterLab: {', '.join(left.values())}")

    def url(self, view, notebook):
        """The address that opens a notebook of `folder`; `view` is "lab/tree" or "notebooks"."""
        return f"{self._root}{view}/{quote(str(notebook))}?token={self.token}"

    def api(self, path, method="GET"):
        request = urllib.request.Request(
            f"{self._root}api/{path}",
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    @property
    def _root(self):
        return f"http://127.0.0.1:{self.port}{self.base_url}"

    def _await_port(self):
        """Waits for the file in which a running server tells its address."""
        told = self.state / "runtime" / f"jpserver-{self.process.pid}.json"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return json.loads(told.read_text())["port"]
            except (FileNotFoundError, json.JSONDecodeError):
                time.sleep(0.1)
        raise RuntimeError(
            f"JupyterLab does not start:\n{(self.state / 'log').read_text()}"
        )

    def _descendants(self):
        """The processes below the server: pid -> its command."""
        processes = _processes()
        found, below = {}, {self.process.pid}
        while below:
            below = {pid for pid, (parent, _) in processes.items() if parent in below}
            found |= {pid: processes[pid][1] for pid in below}
        return found

    def _await_end(self, started):
        deadline = time.monotonic() + 20
        while True:
            running = {pid: command for pid, (_, command) in _processes().items()}
            left = {
                pid: text for pid, text in started.items() if running.get(pid) == text
            }
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(0.2)


def _processes():
    """Every process that runs: pid -> (parent's pid, command)."""
    listing = subprocess.run(
        ["ps", "-axo", "pid=,ppid=,stat=,command="],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = (line.split(None, 3) for line in listing.splitlines())
    return {
        int(pid): (int(parent), command)
        for pid, parent, stat, command in rows
        if stat[0] != "Z"
    }
