"""Day 3, solved, run from top to bottom in JupyterLab."""

import re

import nbformat
import pytest
from charts import CHART, in_notebook
from conftest import DAY, OUT, watched
from playwright.sync_api import expect
from server import ROOT


@pytest.fixture(scope="module")
def day(lab, expected, browser):
    """The day in JupyterLab, after Run All and Save."""
    with watched(browser) as open_notebook:
        view = open_notebook(lab.url("lab/tree", DAY))
        last = max(
            i for i, cell in enumerate(expected.cells) if cell.cell_type == "code"
        )
        view.run_all(last)
        view.save()
        yield view


@pytest.fixture(scope="module")
def saved(day, lab):
    return nbformat.read(lab.folder / DAY, as_version=4)


@pytest.fixture(scope="module")
def charts(day, saved):
    """Every chart of the day with its bundle, from top to bottom: [(index of cell, n, bundle)]."""
    found = in_notebook(saved)
    assert found, "the day shows no chart at all"
    return found


def test_every_cell_ran_without_error(saved):
    code = [cell for cell in saved.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if not cell.execution_count] == []
    errors = [
        (cell.id, o) for cell in code for o in cell.outputs if o.output_type == "error"
    ]
    assert not errors, "\n".join(
        f"{cell}: {error.evalue}\n" + "\n".join(error.traceback)
        for cell, error in errors
    )


def test_every_check_says_that_all_passed(day, saved):
    checks = [
        i
        for i, cell in enumerate(saved.cells)
        if "check" in cell.metadata.get("interleave", {})
    ]
    assert len(checks) == 4
    for index in checks:
        shown = day.cell(index).locator(".jp-OutputArea-output")
        expect(shown).to_contain_text(
            re.compile(r"\b([1-9]\d*) of \1 public checks passed")
        )
        rows = shown.get_by_role("table").locator("tbody tr")
        assert rows.count() > 0
        assert rows.filter(has_not_text="✓ passed").all_text_contents() == []


def test_every_expected_chart_is_there(saved, charts):
    shown = [(saved.cells[i].id, bundle[CHART]["kind"]) for i, _, bundle in charts]
    for cell in saved.cells:
        kind = cell.metadata.get("interleave", {}).get("expect", {}).get("chart")
        assert kind is None or (cell.id, kind) in shown


def test_every_chart_is_painted(day, charts):
    for index, n, bundle in charts:
        chart = day.charts(index)[n]
        chart.assert_shows(bundle)
        chart.figure.screenshot(path=OUT / f"light-{index:02}-{n}.png")


def test_no_text_of_a_chart_is_tiny_or_cut_off(day, charts):
    for index, n, _ in charts:
        chart = day.charts(index)[n]
        texts = chart.drawn()["texts"]
        assert [t["text"] for t in texts if t["size"] < 10] == []
        assert [t["text"] for t in texts if t["outside"]] == []


def test_every_chart_has_role_and_name(day, charts):
    for index, n, bundle in charts:
        chart = day.charts(index)[n]
        name = bundle["text/plain"].strip()
        assert len(name) > 20
        assert day.page.get_by_role("figure", name=name, exact=True).count() >= 1
        # Those who do not see the drawing get its data.
        assert chart.figure.get_by_role("table").get_by_role("row").count() > 1


def test_texts_of_charts_keep_their_contrast(day, charts):
    for index, n, _ in charts:
        assert day.charts(index)[n].faint() == []


def test_a_timeline_zooms_by_keys(day, charts):
    index, n = next(
        (i, n) for i, n, bundle in charts if bundle[CHART]["kind"] == "timeline"
    )
    chart = day.charts(index)[n]
    whole = chart.text()
    chart.figure.focus()
    assert chart.figure.evaluate("figure => figure === document.activeElement")
    active = day.page.locator(".jp-Cell.jp-mod-active")
    expect(active).to_have_attribute("data-windowed-list-index", str(index))
    day.page.keyboard.press("+")
    expect(chart.drawing).not_to_have_text(whole)
    day.page.keyboard.press("Home")
    expect(chart.drawing).to_have_text(whole)
    # The keys were the chart's alone: Jupyter did not move to another cell.
    expect(active).to_have_attribute("data-windowed-list-index", str(index))


def test_picture_of_code_and_chart(request, day, saved):
    """The README's picture: 1280 pixels wide, with the code of a cell and its chart."""
    index = next(i for i, cell in enumerate(saved.cells) if cell.id == "lock-queue")
    (chart,) = day.charts(index)
    day.cell(index).locator(".jp-InputPrompt").first.click()
    for _ in range(2):  # what comes into view above may still grow
        chart.figure.evaluate("figure => figure.scrollIntoView({ block: 'end' })")
        chart.await_painted()
    folder = ROOT / "docs" if request.config.getoption("readme") else OUT
    day.page.screenshot(path=folder / "day-03.png")
    code = day.cell(index).locator(".jp-InputArea").bounding_box()
    assert code["y"] > 80, "the code is not in view with its chart"


def test_charts_follow_the_theme(day, charts):
    """Last, since it leaves the page dark."""
    index, n, _ = charts[0]
    light = day.charts(index)[n].palette()
    day.use_theme("JupyterLab Dark")
    for index, n, bundle in charts:
        chart = day.charts(index)[n]
        chart.assert_shows(bundle)
        dark = chart.palette()
        assert dark["running"] != light["running"]
        left = (set(light.values()) - set(dark.values())) & chart.colors()
        assert not left, (
            f"{chart.title}: colours of the light theme on the dark page: {left}"
        )
        assert chart.faint() == []
        chart.figure.screenshot(path=OUT / f"dark-{index:02}-{n}.png")
