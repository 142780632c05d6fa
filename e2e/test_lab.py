"""What a new user does first: `interleave lab`, and then a browser."""

import os
import re
import select
import shutil
import signal
import subprocess

import pytest
from playwright.sync_api import expect
from server import ROOT

PATIENCE = 120  # seconds


@pytest.fixture
def clone(tmp_path):
    """A clone that nobody has used yet: it has no state of JupyterLab's, and notebooks
    of its own that may be saved."""
    for entry in ROOT.iterdir():
        if entry.name not in ("build", "notebooks", ".git"):
            (tmp_path / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    return tmp_path


@pytest.fixture
def address(clone):
    """What a running `interleave lab --no-browser` prints, until Ctrl-C."""
    lab = subprocess.Popen(
        [ROOT / "bin/interleave", "lab", "--no-browser"],
        cwd=clone,
        env=os.environ | {"INTERLEAVE_ROOT": str(clone)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    printed = b""
    while not (found := re.search(rb"http://\S+", printed)):
        ready, _, _ = select.select([lab.stdout], [], [], PATIENCE)
        more = os.read(lab.stdout.fileno(), 4096) if ready else b""
        if not more:
            lab.kill()
            pytest.fail(f"interleave lab prints no address:\n{printed.decode()}")
        printed += more
    yield found[0].decode()
    lab.send_signal(signal.SIGINT)
    rest, _ = lab.communicate(timeout=PATIENCE)
    assert lab.returncode == 0, rest.decode()


def test_the_printed_address_opens_day_3_ready_to_run(address, open_notebook):
    view = open_notebook(address)
    expect(view.cell(0)).to_contain_text("Day 3")
    view.await_status("Unknown|Idle")
    assert view.page.get_by_role("dialog").count() == 0, "a dialog greets the reader"
    assert "Go (gonb)" in view.page.locator(".jp-NotebookPanel-toolbar").inner_text()
