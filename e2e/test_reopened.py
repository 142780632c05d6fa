"""The executed day where nobody trusts it: another server, a new profile."""

import pytest
from charts import CHART, in_notebook
from conftest import DAY, HUB, OUT
from playwright.sync_api import expect


@pytest.mark.parametrize(
    "application", ["lab/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"]
)
def test_every_chart_is_painted_untrusted(
    elsewhere, expected, application, open_notebook
):
    stored = elsewhere.api(f"contents/{DAY}")["content"]["cells"]
    code = [cell for cell in stored if cell["cell_type"] == "code"]
    assert [
        cell["id"]
        for cell in code
        if cell["outputs"] and cell["metadata"].get("trusted")
    ] == []

    view = open_notebook(elsewhere.url(application, DAY))
    for index, n, bundle in in_notebook(expected):
        view.charts(index)[n].assert_shows(bundle)
    place = (
        f"{application.split('/')[0]}{elsewhere.base_url.strip('/').replace('/', '-')}"
    )
    view.page.screenshot(path=OUT / f"untrusted-{place}.png")


@pytest.mark.parametrize("elsewhere", [HUB], indirect=True)
def test_a_chart_is_drawn_live_in_notebook_7(elsewhere, expected, open_notebook):
    """A kernel's chart comes through whatever a hub puts in front of the address."""
    first, _, bundle = in_notebook(expected)[0]
    view = open_notebook(elsewhere.url("notebooks", DAY))
    view.choose("Edit", "Clear Outputs of All Cells")
    expect(view.cell(first).locator("figure")).to_have_count(0)
    for index in (
        i
        for i, cell in enumerate(expected.cells[: first + 1])
        if cell.cell_type == "code"
    ):
        view.run(index)
    (chart,) = view.charts(first)
    assert chart.drawn()["marks"]
    assert chart.bare(bundle[CHART]) == []
