"""Every kind of chart, as the Go side records its samples, on the pages of Jupyter."""

import json

import nbformat
import pytest
from charts import CHART, Chart
from conftest import OUT, watched
from server import ROOT, Server

SAMPLES = {
    path.stem: json.loads(path.read_text())
    for package in ("plot", "internal/drawing/gantt", "internal/drawing/waitgraph")
    for path in sorted((ROOT / "kernel-helpers" / package / "testdata").glob("*.json"))
}

# They have nothing to mark, or names that nobody should give.
STRANGE = {"empty", "hostile", "strange-bars", "strange-points", "strange-waits"}

NOTEBOOK = "kinds.ipynb"


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """A server with a notebook of which each cell shows a sample."""
    folder = tmp_path_factory.mktemp("kinds")
    cells = []
    for name, payload in SAMPLES.items():
        cell = nbformat.v4.new_code_cell(f"// {name}", execution_count=1)
        data = {CHART: payload, "text/plain": payload["text"]}
        cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
        cells.append(cell)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "gonb", "display_name": "Go (gonb)"}
    nbformat.write(notebook, folder / NOTEBOOK)
    with Server(folder, tmp_path_factory.mktemp("server") / "state") as server:
        yield server


def look(view, label):
    """Asserts that every chart is drawn and readable, and takes its picture."""
    for index, (name, payload) in enumerate(SAMPLES.items()):
        figure = view.cell(index).locator("figure.interleave-chart")
        chart = Chart(figure).await_painted()
        if name not in STRANGE:
            chart.assert_shows({CHART: payload})
        if payload["kind"] != "echarts":  # round marks, whose boxes say little
            assert chart.faint() == [], name
        texts = chart.drawn()["texts"]
        assert [t["text"] for t in texts if t["size"] < 10] == [], name
        assert [t["text"] for t in texts if t["outside"]] == [], name
        figure.screenshot(path=OUT / f"{label}-{name}.png")


def test_the_samples_are_of_every_kind():
    assert len({payload["kind"] for payload in SAMPLES.values()}) >= 8


def test_every_kind_in_jupyterlab_in_both_themes(kinds, open_notebook):
    view = open_notebook(kinds.url("lab/tree", NOTEBOOK))
    look(view, "lab-light")
    view.use_theme("JupyterLab Dark")
    look(view, "lab-dark")


def test_every_kind_in_notebook_7(kinds, open_notebook):
    look(open_notebook(kinds.url("notebooks", NOTEBOOK)), "notebook-7")


def test_every_kind_on_a_narrow_page(kinds, browser):
    with watched(browser, width=390) as open_notebook:
        look(open_notebook(kinds.url("notebooks", NOTEBOOK)), "narrow")
