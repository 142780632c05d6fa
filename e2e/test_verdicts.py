"""Day 11's check cells in JupyterLab: what a learner sees of each kind of mistake."""

import re

import nbformat
import pytest
from charts import faint
from conftest import OUT, watched
from playwright.sync_api import expect
from server import ROOT, Server

DAY = "day-11-threads-locks-and-semaphores.ipynb"

# What stands in each graded cell: exercise -> a program below solutions/.
ANSWERS = {
    "take-turns": "alternatives/cond.go",
    "count-in-processes": "solution.go",  # real processes
    "visit-counter": "mutants/no-lock.go",
    "greeting-server": "mutants/one-at-a-time.go",
    "ordered-pipeline": "mutants/left-behind.go",
    "control-loop": "mutants/two-locks.go",
}
SOLVED = ("take-turns", "count-in-processes")

# What the table must say: the verdict, and what leads to the mistake; then what the
# picture's text must.
SAID = {
    "visit-counter": (
        "race",
        r"one reads and one writes it at line \d+ of CountVisits \(count\+\+\)",
        r"G\d writes in line (\d+), and G\d reads in line \1",
    ),
    "greeting-server": (
        "failed",
        r"The clients were served one after another\. Start a thread for each",
        r"the check finds what is wrong",
    ),
    "ordered-pipeline": (
        "leak",
        r"line \d+ of Pipeline \(results <- numbered\{j\.i, result\}\), to send on a channel",
        r"waits? for ever in line \d+",
    ),
    "control-loop": (
        "deadlock",
        r"line \d+ of Control \(known\.Lock\(\)\).*line \d+ of Control \(value\.Lock\(\)\)",
        r"G\d waits for ever in line \d+, and G\d in line \d+: nothing can go on",
    ),
}


class Checked:
    """The notebook after its answers and their check cells have run."""

    def __init__(self, view, folder, notebook):
        self.view, self.path = view, folder / DAY
        self.index = {
            cell.metadata.interleave.check: i
            for i, cell in enumerate(notebook.cells)
            if "check" in cell.metadata.get("interleave", {})
        }

    def outputs(self, slug):
        """What the page shows below an exercise's check cell."""
        return self.view.cell(self.index[slug]).locator(".jp-OutputArea-output")

    def picture(self, slug):
        (chart,) = self.view.charts(self.index[slug])
        return chart


@pytest.fixture(scope="module")
def checked(tmp_path_factory, browser):
    folder = tmp_path_factory.mktemp("notebooks")
    notebook = nbformat.read(ROOT / "notebooks" / DAY, as_version=4)
    for cell in notebook.cells:
        slug = cell.metadata.get("interleave", {}).get("exercise")
        if slug in ANSWERS:
            cell.source = answer(slug)
    nbformat.write(notebook, folder / DAY)
    with (
        Server(folder, tmp_path_factory.mktemp("server") / "state") as server,
        watched(browser) as open_notebook,
    ):
        checked = Checked(open_notebook(server.url("lab/tree", DAY)), folder, notebook)
        checked.view.await_status("Unknown|Idle")
        for slug in ANSWERS:
            at = checked.index[slug]
            checked.view.run(at - 2)  # the answer; between them is a cell to try it
            checked.view.run(at)
        checked.view.save()
        yield checked


def answer(slug):
    """A program without its comment on the mistake and the package line."""
    text = (ROOT / "solutions" / slug / ANSWERS[slug]).read_text()
    return re.split(r"^package \w+\n+", text, flags=re.MULTILINE)[-1]


@pytest.fixture(scope="module")
def saved(checked):
    return nbformat.read(checked.path, as_version=4)


@pytest.mark.parametrize("slug", SOLVED)
def test_a_right_answer_passes(checked, saved, slug):
    outputs = checked.outputs(slug)
    expect(outputs).to_have_count(1)
    expect(outputs).to_contain_text(
        re.compile(r"\b([1-9]\d*) of \1 public checks passed")
    )
    rows = outputs.locator("tbody tr")
    assert rows.count() > 0
    assert rows.filter(has_not_text="✓ passed").count() == 0
    assert "error" not in kinds(saved, checked.index[slug])


@pytest.mark.parametrize("slug", SAID)
def test_a_mistake_is_told_and_drawn(checked, slug):
    verdict, words, drawn = SAID[slug]
    outputs = checked.outputs(slug)
    row = outputs.locator("tbody tr").filter(has_text=f"✗ {verdict}")
    expect(row.filter(has_text=re.compile(words)).first).to_be_visible()
    expect(outputs.first).to_contain_text("hidden checks run after submission")
    expect(outputs.first).to_contain_text(f'check.Seed("{slug}", ')
    chart = checked.picture(slug)
    assert re.search(drawn, chart.figure.get_attribute("aria-label")), slug
    assert len(chart.drawn()["rows"]) > 0
    assert chart.figure.get_by_role("table").get_by_role("row").count() > 2


@pytest.mark.parametrize("slug", SAID)
def test_a_cell_with_a_mistake_is_marked_failed(checked, saved, slug):
    assert "error" in kinds(saved, checked.index[slug])
    expect(checked.outputs(slug).last).to_contain_text("exit status 1")


def test_verdicts_read_well_in_both_themes(checked):
    look(checked, "light")
    checked.view.use_theme("JupyterLab Dark")  # last, since it leaves the page dark
    look(checked, "dark")


def look(checked, theme):
    """Takes a picture of each check cell, and asserts that all of it can be read."""
    for slug, index in checked.index.items():
        if slug not in ANSWERS:
            continue
        if slug in SAID:
            chart = checked.picture(slug)
            texts = chart.drawn()["texts"]
            assert [t["text"] for t in texts if t["size"] < 10] == [], slug
            assert [t["text"] for t in texts if t["outside"]] == [], slug
            assert chart.faint() == [], slug
        cell = checked.view.cell(index)
        cell.screenshot(path=OUT / f"verdict-{slug}-{theme}.png")
        assert faint(cell.evaluate(TEXTS_OF_TABLES)) == [], slug
        assert cell.evaluate(FITS), f"{slug}: the table is wider than its cell"


def kinds(notebook, index):
    return [output.output_type for output in notebook.cells[index].outputs]


# What the check writes, on the first background behind it.
TEXTS_OF_TABLES = """cell => {
    const clear = color => /^rgba\\(.*, 0\\)$|^transparent$/.test(color);
    const behind = node => {
        for (let n = node; n; n = n.parentElement) {
            const color = getComputedStyle(n).backgroundColor;
            if (!clear(color)) return color;
        }
        return 'rgb(255, 255, 255)';
    };
    const html = cell.querySelector('.jp-RenderedHTML');
    return [...html.querySelectorAll('td, th, td div, p, summary, code')]
        .map(e => ({ text: e.textContent, color: getComputedStyle(e).color, background: behind(e) }));
}"""

FITS = """cell => [...cell.querySelectorAll('.jp-RenderedHTML table')]
    .every(table => table.scrollWidth <= table.closest('.jp-RenderedHTML').clientWidth + 1)"""
