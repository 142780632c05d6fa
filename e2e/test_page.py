"""The page that `interleave run --html` writes, opened as a file and from a web server."""

import base64
import functools
import http.server
import threading
from pathlib import Path

import pytest
from charts import faint, in_notebook
from conftest import DAY, OUT
from watch import Watch

PAGE = Path(DAY).with_suffix(".html").name


@pytest.fixture(params=["file", "http"])
def address(request, executed):
    if request.param == "file":
        yield (executed / PAGE).as_uri()
        return
    handler = functools.partial(Quiet, directory=executed)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{PAGE}"
        server.shutdown()
        thread.join()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path == "/favicon.ico":  # a browser asks by itself
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_reads_well_and_asks_nobody(browser, address, expected, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    watch = Watch(context)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(address, wait_until="networkidle")

    pictures = {bundle["text/plain"].strip() for _, _, bundle in in_notebook(expected)}
    for alternative in pictures:
        picture = page.get_by_role("img", name=alternative).first
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("img => img.complete && img.naturalWidth > 100"), (
            alternative
        )
        assert picture.bounding_box()["height"] > 40
        # On a narrow screen the picture can be moved within its own frame.
        assert picture.evaluate(REACHABLE), alternative
        assert picture.evaluate(SAYS_WHETHER_IT_MOVES), alternative
    assert page.evaluate("[...document.images].every(img => img.alt.trim())")
    assert faint(page.evaluate(TEXTS_OF_FIGURES)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # A picture is of the page's scheme, like what is around it.
    shade = brightness(page.locator("figure img").first)
    assert (shade < 60) == (scheme == "dark"), shade
    page.locator("img").nth(1).evaluate(
        "img => img.scrollIntoView({ block: 'center' })"
    )
    page.screenshot(path=OUT / f"page-{width}-{scheme}.png")
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert watch.faults == []


def test_a_chart_stays_light_on_a_page_that_knows_nothing_of_it(browser, expected):
    """Its table is dark on light there, and so must its picture be."""
    _, _, bundle = in_notebook(expected)[0]
    page = browser.new_page(color_scheme="dark")
    page.set_content(f'<meta name="color-scheme" content="dark">{bundle["text/html"]}')
    assert brightness(page.get_by_role("img")) > 200
    page.close()


def brightness(picture):
    """The mean of what an element shows, 0 to 255."""
    shot = base64.b64encode(picture.screenshot()).decode()
    return picture.page.evaluate(BRIGHTNESS, f"data:image/png;base64,{shot}")


REACHABLE = """img => {
    const frame = img.closest('figure');
    frame.scrollLeft = frame.scrollWidth;
    const inside = img.getBoundingClientRect().right <= frame.getBoundingClientRect().right + 1;
    frame.scrollLeft = 0;
    return inside;
}"""

# In words, if it is wider than its frame, and only then.
SAYS_WHETHER_IT_MOVES = """img => {
    const frame = img.closest('figure');
    const said = getComputedStyle(frame, '::before').content.includes('sideways');
    return said === frame.scrollWidth > frame.clientWidth;
}"""

BRIGHTNESS = """async address => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    return data.reduce((sum, value, i) => sum + (i % 4 < 3 ? value : 0), 0) / (data.length * 0.75);
}"""

TEXTS_OF_FIGURES = """[...document.querySelectorAll('figure :is(summary, th, td)')].map(text => ({
    text: text.textContent,
    color: getComputedStyle(text).color,
    background: getComputedStyle(text.closest('figure')).backgroundColor,
}))"""
