"""What the browser tests share: the course's notebooks run, servers, a browser."""

import contextlib
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from notebook import NotebookView
from server import ROOT, Server
from watch import Watch

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
DAY = "day-03-threads-and-processes.ipynb"

# Nothing of the browser's own goes out, and it runs as root and without a GPU.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_addoption(parser):
    group = parser.getgroup("interleave")
    group.addoption(
        "--readme",
        action="store_true",
        help="write the README's screenshot, docs/day-03.png",
    )
    group.addoption(
        "--executed",
        metavar="FOLDER",
        help="what `interleave run --solved --html --out FOLDER` wrote, instead of running it again",
    )


def pytest_configure():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Of pytest-playwright. tools/browser.sh finds a Chromium, or says what to install."""
    found = subprocess.run(
        [ROOT / "tools/browser.sh"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return browser_type_launch_args | {
        "executable_path": found.stdout.strip().splitlines()[-1],
        "args": CHROMIUM_FLAGS,
    }


@pytest.fixture(scope="session")
def executed(request, tmp_path_factory):
    """The folder with the day, solved and executed, as notebook and as page."""
    if folder := request.config.getoption("executed"):
        return Path(folder).resolve()
    folder = tmp_path_factory.mktemp("executed")
    command = [ROOT / "bin/interleave", "run", "--solved", "--html", "--out", folder]
    command.append(ROOT / "notebooks" / DAY)
    ran = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    if ran.returncode:
        pytest.fail(
            f"interleave run --solved ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}",
            pytrace=False,
        )
    return folder


@pytest.fixture(scope="session")
def expected(executed):
    """The executed day, to know which cell shows what."""
    return nbformat.read(executed / DAY, as_version=4)


@pytest.fixture(scope="session")
def lab(executed, expected, tmp_path_factory):
    """A server whose folder holds the day solved, and not yet run."""
    folder = tmp_path_factory.mktemp("notebooks")
    fresh = nbformat.from_dict(expected)
    for cell in fresh.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(fresh, folder / DAY)
    with Server(folder, tmp_path_factory.mktemp("lab") / "state") as server:
        yield server


HUB = "/user/x/"


@pytest.fixture(scope="session", params=["/", HUB])
def elsewhere(request, executed, tmp_path_factory):
    """A server that has never seen the executed day, and so does not trust it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copy(executed / DAY, folder)
    with Server(
        folder, tmp_path_factory.mktemp("server") / "state", base_url=request.param
    ) as server:
        yield server


@contextlib.contextmanager
def watched(browser, width=1280):
    """Gives a function that opens a notebook in a fresh profile; fails in the end for
    whatever went wrong in one."""
    contexts = []

    def open_notebook(url):
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append((context, Watch(context)))
        return NotebookView(context.new_page(), url)

    try:
        yield open_notebook
    finally:
        for context, _ in contexts:
            context.close()
    faults = [fault for _, watch in contexts for fault in watch.faults]
    if faults:
        pytest.fail(
            "In the browser:\n" + "\n".join(dict.fromkeys(faults)), pytrace=False
        )


@pytest.fixture
def open_notebook(browser):
    with watched(browser) as open_notebook:
        yield open_notebook
