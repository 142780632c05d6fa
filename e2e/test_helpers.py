"""The tour of the helpers, run from top to bottom in JupyterLab, in both themes."""

import shutil

import nbformat
import pytest
from charts import CHART, in_notebook
from conftest import OUT, watched
from server import ROOT, Server

TOUR = "helpers.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tour")
    shutil.copy(ROOT / "notebooks" / TOUR, folder)
    return folder


@pytest.fixture(scope="module")
def tour(folder, browser, tmp_path_factory):
    """The tour in JupyterLab, after Run All and Save."""
    cells = nbformat.read(folder / TOUR, as_version=4).cells
    last = max(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    state = tmp_path_factory.mktemp("tour-server") / "state"
    with Server(folder, state) as server, watched(browser) as open_notebook:
        view = open_notebook(server.url("lab/tree", TOUR))
        view.run_all(last)
        view.save()
        yield view


@pytest.fixture(scope="module")
def saved(tour, folder):
    return nbformat.read(folder / TOUR, as_version=4)


def expectations(cell):
    return cell.metadata.get("interleave", {}).get("expect", {})


def test_run_all_gets_to_the_end(saved):
    """Also past the cells that are meant to fail, and no other fails."""
    code = [cell for cell in saved.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if not cell.execution_count] == []
    failed = {
        cell.id: "".join(o.get("text", "") for o in cell.outputs)
        for cell in code
        if any(o.output_type == "error" for o in cell.outputs)
    }
    assert list(failed) == [c.id for c in code if "error" in expectations(c)], failed


def test_every_expected_chart_is_there(saved):
    shown = [
        (saved.cells[i].id, bundle[CHART]["kind"])
        for i, _, bundle in in_notebook(saved)
    ]
    for cell in saved.cells:
        kind = expectations(cell).get("chart")
        assert kind is None or (cell.id, kind) in shown


def test_every_chart_in_both_themes(tour, saved):
    look(tour, saved, "light")
    tour.use_theme("JupyterLab Dark")
    look(tour, saved, "dark")


def look(view, saved, theme):
    """Asserts that every chart is drawn and readable, and takes its picture."""
    for index, n, bundle in in_notebook(saved):
        chart = view.charts(index)[n]
        name = f"{saved.cells[index].id.removesuffix('-code')}-{n}"
        chart.figure.screenshot(path=OUT / f"tour-{name}-{theme}.png")
        if bundle[CHART]["kind"] == "echarts":  # may have axes of any kind, or none
            assert chart.text()
        else:
            chart.assert_shows(bundle)
        assert chart.faint() == [], name
        texts = chart.drawn()["texts"]
        assert [t["text"] for t in texts if t["size"] < 10] == [], name
        assert [t["text"] for t in texts if t["outside"]] == [], name
