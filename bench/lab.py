"""Times what a reader waits for after a long recording, in JupyterLab in Chromium.

    e2e/.venv/bin/python bench/lab.py ROUNDS

prints a JSON object: for each cell below, the seconds from the recording's end to the
painted chart. Cells take turns. It stands on the browser tests' modules.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "e2e"))

import nbformat
from conftest import CHROMIUM_FLAGS
from notebook import NotebookView
from playwright.sync_api import TimeoutError, sync_playwright
from server import Server

HELPERS = "github.com/interleave-lab/interleave/kernel-helpers"

IMPORTS = f"""\
import (
	"fmt"
	"time"

	"{HELPERS}/locks"
	"{HELPERS}/threads"
	"{HELPERS}/timeline"
)

%%
fmt.Sprint(time.Now(), locks.NewMutex(""), threads.Group{{}})
timeline.Show("", func() {{}})
"""

# Two events each time: the lock is taken, and given up.
LOCK = """\
%%
var ended time.Time
timeline.Show("A lock", func() {
	lock := locks.NewMutex("counter")
	var group threads.Group
	for id := range 4 {
		group.Go(fmt.Sprint("worker ", id), func() {
			for range 12_500 {
				lock.With(func() {})
			}
		})
	}
	group.Wait()
	ended = time.Now()
})
fmt.Println("ended at", ended.UnixMicro())
"""

# Plain Go. Three events each time at least: the tracer tells that somebody waits,
# is woken, and runs.
CHANNEL = """\
%%
var ended time.Time
timeline.Show("A channel", func() {
	ball := make(chan int)
	go func() {
		for n := range 34_000 {
			ball <- n
		}
		close(ball)
	}()
	for range ball {
	}
	ended = time.Now()
})
fmt.Println("ended at", ended.UnixMicro())
"""

CELLS = {"lock": LOCK, "channel": CHANNEL}

# Notes when each chart has been painted: the frame that shows it is on the screen
# when the next one begins. One that is drawn anew by its page is noted again.
OBSERVE = """() => {
    window.paintedAt = [];
    new MutationObserver(changes => {
        for (const { target } of changes) {
            if (target.dataset?.chart !== 'painted') continue;
            requestAnimationFrame(() => requestAnimationFrame(() =>
                window.paintedAt.push(performance.timeOrigin + performance.now())));
        }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-chart'] });
}"""


def time_cell(view, index):
    """Runs a cell; seconds from its recording's end to the painted chart."""
    view.page.evaluate("() => { window.paintedAt = []; }")
    view.run(index)
    ended = ended_at(view, index)
    view.page.wait_for_function(
        "ended => window.paintedAt.some(at => at > ended)",
        arg=ended * 1000,
        timeout=30_000,
    )
    painted = [at / 1000 for at in view.page.evaluate("() => window.paintedAt")]
    return next(at for at in painted if at > ended) - ended


def ended_at(view, index):
    """When a cell's recording ended, as the cell printed it: seconds since 1970."""
    outputs = view.cell(index).locator(".jp-OutputArea-output")
    try:
        text = outputs.filter(has_text="ended at").first.inner_text(timeout=30_000)
    except TimeoutError:
        said = "\n".join(outputs.all_inner_texts())
        raise SystemExit(f"The cell did not come to its end:\n{said}") from None
    return int(re.search(r"ended at (\d+)", text)[1]) / 1e6


def main(rounds):
    cells = [nbformat.v4.new_code_cell(source) for source in [IMPORTS, *CELLS.values()]]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "gonb", "display_name": "Go (gonb)"}
    notebook.metadata["language_info"] = {"name": "go"}
    browser_path = (
        subprocess.run(
            [ROOT / "tools/browser.sh"], check=True, cwd=ROOT, stdout=subprocess.PIPE
        )
        .stdout.decode()
        .strip()
        .splitlines()[-1]
    )
    took = {name: [] for name in CELLS}
    with (
        tempfile.TemporaryDirectory(prefix="interleave-bench-") as folder,
        sync_playwright() as playwright,
    ):
        nbformat.write(notebook, Path(folder, "figures.ipynb"))
        with Server(folder, Path(folder, "state")) as server:
            browser = playwright.chromium.launch(
                executable_path=browser_path, args=CHROMIUM_FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            view = NotebookView(page, server.url("lab/tree", "figures.ipynb"))
            view.run_all(len(CELLS))  # linked and cached now
            page.evaluate(OBSERVE)
            for _ in range(rounds):
                for index, name in enumerate(CELLS, start=1):
                    took[name].append(time_cell(view, index))
            browser.close()
    print(json.dumps(took))


if __name__ == "__main__":
    main(int(sys.argv[1]))
