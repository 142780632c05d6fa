"""Restarting the kernel in JupyterLab, as a reader does who is stuck."""

import subprocess
import time

import nbformat
import pytest
from server import Server

ENDLESS = """import (
	"context"
	"fmt"
	"os"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

func tell(name string) {
	os.WriteFile(name+".new", fmt.Append(nil, os.Getpid()), 0o600)
	os.Rename(name+".new", name)
}

var endless = processes.NewAction("endless", func(name string) error {
	tell(name)
	for {
	}
})

%%
endless.Start(context.Background(), "child.pid")
tell("cell.pid")
for {
}"""

AFTER = """%%
endless.Start(context.Background(), "another.pid")"""

PATIENCE = 120  # seconds


@pytest.fixture
def stuck(tmp_path):
    """A server whose folder holds a notebook that does not come to an end."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in (ENDLESS, AFTER)]
    kernel = {"kernelspec": {"name": "gonb", "display_name": "Go (gonb)"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, folder / "stuck.ipynb")
    with Server(folder, tmp_path / "state") as server:
        yield server


def test_a_restart_ends_a_stuck_cell_and_its_children(stuck, open_notebook):
    view = open_notebook(stuck.url("lab/tree", "stuck.ipynb"))
    view.await_status("Unknown|Idle")
    view.cell(0).locator(".jp-InputPrompt").click()
    view.page.keyboard.press("Control+Enter")
    pids = [
        int(await_file(stuck.folder / name).read_text())
        for name in ("cell.pid", "child.pid")
    ]
    view.choose("Kernel", "Restart Kernel…")
    view.page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    for pid in pids:
        await_that(lambda pid=pid: ended(pid), f"process {pid} ends")
    view.run(1)
    assert "undefined: endless" in view.cell(1).inner_text(), "the kernel remembers"


def await_file(path):
    await_that(path.exists, f"{path.name} is written")
    return path


def await_that(happened, what):
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


def ended(pid):
    listing = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(listing, check=False, capture_output=True, text=True).stdout
    return not state.strip() or state.startswith("Z")
