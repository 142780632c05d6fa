"""A notebook open in JupyterLab or Notebook 7, used as a person would use it."""

import re

from charts import Chart
from playwright.sync_api import Error, expect

SECONDS = 1000  # Playwright counts in milliseconds


class NotebookView:
    def __init__(self, page, url):
        self.page = page
        page.goto(url)
        # JupyterLab loads its extensions first: minutes on a machine that is busy.
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=180 * SECONDS)

    def cell(self, index):
        """Scrolls to a cell, counted from 0. Far cells exist only once they are near."""
        cell = self.page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')
        for _ in range(200):
            try:
                if cell.count():
                    cell.scroll_into_view_if_needed()
                    return cell
                self.page.evaluate(SCROLL_TOWARDS, index)
            except Error as error:  # a notebook that loads replaces its first cell
                if "not attached" not in error.message:
                    raise
            self.page.wait_for_timeout(50)  # the list of cells renders with the frames
        raise AssertionError(f"cell {index} does not come into view")

    def choose(self, *path):
        """Chooses from the menus: choose("Run", "Run All Cells")."""
        bar, *below = path
        self.page.get_by_role("menubar").get_by_role(
            "menuitem", name=bar, exact=True
        ).click()
        for name in below:  # by class: what opens a menu of its own has no role
            self.page.locator(
                ".lm-Menu-itemLabel", has_text=re.compile(f"^{name}$")
            ).click()

    def run_all(self, last):
        """Runs all cells, and waits until the one at index `last` has its count."""
        self.await_status("Unknown|Idle")  # GoNB tells nothing until its first cell
        self.choose("Run", "Run All Cells")
        self.await_count(last, timeout=360 * SECONDS)
        self.await_status("Idle")

    def run(self, index):
        """Runs one cell, and waits until it has its count."""
        cell = self.cell(index)
        cell.locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")
        self.await_count(index)

    def await_count(self, index, timeout=180 * SECONDS):
        prompt = self.cell(index).locator(".jp-InputPrompt")
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"), timeout=timeout)

    def await_status(self, pattern):
        """Waits for what JupyterLab's status bar tells of the kernel."""
        bar = self.page.locator(
            ".jp-StatusBar-Widget", has_text=re.compile(rf"\| ({pattern})")
        )
        bar.first.wait_for(timeout=120 * SECONDS)

    def save(self):
        """Saves, and waits until the server has done it."""

        def saved(response):
            return response.request.method == "PUT" and "/api/contents/" in response.url

        with self.page.expect_response(saved, timeout=60 * SECONDS) as answer:
            self.page.keyboard.press("Control+s")
        assert answer.value.ok, answer.value.status_text

    def charts(self, index):
        """The charts of a cell, painted."""
        figures = self.cell(index).locator("figure.interleave-chart")
        expect(figures.first).to_be_attached(timeout=30 * SECONDS)
        return [Chart(figures.nth(i)).await_painted() for i in range(figures.count())]

    def use_theme(self, name):
        self.choose("Settings", "Theme", name)
        self.page.locator(f'body[data-jp-theme-name="{name}"]').wait_for(
            state="attached"
        )


SCROLL_TOWARDS = """index => {
    const panel = document.querySelector('.jp-WindowedPanel-outer');
    const first = panel.querySelector('.jp-Cell')?.dataset.windowedListIndex ?? 0;
    panel.scrollTop += (index < first ? -0.8 : 0.8) * panel.clientHeight;
}"""
