"""A timeline that draws while its cell runs, in JupyterLab."""

import re

import nbformat
import pytest
from conftest import OUT
from playwright.sync_api import expect
from server import Server

HELPERS = "github.com/interleave-lab/interleave/kernel-helpers"

CELL = f"""\
import (
	"sync"
	"time"

	"{HELPERS}/timeline"
)

%%
timeline.Live("Naps", func() {{
	var wg sync.WaitGroup
	for i := range 4 {{
		wg.Go(func() {{
			for range 5 {{
				time.Sleep(time.Duration(i+1) * 200 * time.Millisecond)
			}}
		}})
	}}
	wg.Wait()
}})
"""

NAMES = """() => {
    window.shown = [];
    new MutationObserver(() => {
        const figures = document.querySelectorAll('figure.interleave-chart');
        const said = [...figures].map(figure => figure.getAttribute('aria-label') ?? '').join('|');
        if (said !== window.shown.at(-1)) window.shown.push(said);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


@pytest.fixture
def server(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata["kernelspec"] = {"name": "gonb", "display_name": "Go (gonb)"}
    notebook.metadata["language_info"] = {"name": "go"}
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(notebook, folder / "live.ipynb")
    with Server(folder, tmp_path / "state") as server:
        yield server


@pytest.fixture
def view(server, open_notebook):
    return open_notebook(server.url("lab/tree", "live.ipynb"))


def test_a_live_timeline_grows_in_place_and_ends_whole(view):
    view.await_status("Unknown|Idle")
    view.page.evaluate(NAMES)
    view.cell(0).locator(".jp-InputPrompt").click()
    view.page.keyboard.press("Control+Enter")
    figure = view.cell(0).locator("figure.interleave-chart")
    expect(figure).to_have_attribute(
        "aria-label", re.compile("Still running"), timeout=120_000
    )
    figure.screenshot(path=OUT / "live-meanwhile.png")
    view.await_count(0)
    expect(figure).to_have_count(1)
    expect(figure).to_have_attribute("aria-label", re.compile(r"\b4 at once\.|slept"))
    expect(figure).not_to_have_attribute("aria-label", re.compile("Still running"))
    view.charts(0)
    figure.screenshot(path=OUT / "live-at-the-end.png")
    pictures = [said for said in view.page.evaluate("() => window.shown") if said]
    assert len(pictures) > 5, pictures
    assert all(picture.count("|") == 0 for picture in pictures), "a second chart came"
    assert sum("Still running" in picture for picture in pictures) > 4, pictures
