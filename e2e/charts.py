"""A chart under a cell: what is on the page of it, and whether it can be read."""

import re

from playwright.sync_api import expect

CHART = "application/vnd.interleave.echarts.v1+json"

# Colours that stand for data; the others are text, axes and background.
MARKS = re.compile(
    "running|ready|contending|contending-fill|waiting|sleeping|lock|series-[1-8]"
)


def in_notebook(notebook):
    """Every chart that a notebook holds: [(index of the cell, n-th there, bundle)]."""
    found = []
    for index, cell in enumerate(notebook.cells):
        bundles = [output.get("data", {}) for output in cell.get("outputs", [])]
        charts = [bundle for bundle in bundles if CHART in bundle]
        found += [(index, n, bundle) for n, bundle in enumerate(charts)]
    return found


class Chart:
    def __init__(self, figure):
        self.figure = figure
        self.drawing = figure.locator(".interleave-chart-drawing")

    def await_painted(self):
        self.figure.scroll_into_view_if_needed()
        expect(self.figure).to_have_attribute("data-chart", "painted", timeout=30_000)
        # It may have been painted before, and be about to change with its page.
        self.figure.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return self

    @property
    def title(self):
        return self.figure.locator(".interleave-chart-title").inner_text()

    def text(self):
        """All that is written in the drawing."""
        return self.drawing.text_content()

    def colors(self):
        """The colours that the drawing uses."""
        return set(self.figure.evaluate(COLORS))

    def palette(self):
        """The colours of the theme: name -> "#RRGGBB"."""
        return self.figure.evaluate(PALETTE)

    def drawn(self):
        """What the drawing holds: `marks`, and the names (`rows`) in front of them.

        A mark is a shape with an area, filled or edged in a colour that stands for
        data: a wait is an edge alone. A row tells how many marks stand beside its name.
        """
        drawn = self.figure.evaluate(DRAWN)
        data = {
            color for name, color in self.palette().items() if MARKS.fullmatch(name)
        }
        marks = [
            s
            for s in drawn["shapes"]
            if {s["fill"], s["stroke"]} & data or s["fill"].startswith("url(")
        ]
        rows = [
            {
                "name": text["text"],
                "marks": sum(abs(m["y"] - text["y"]) < 12 for m in marks),
            }
            for text in drawn["texts"]
            if text["anchor"] == "end"
        ]
        return {
            "marks": marks,
            "rows": rows,
            "texts": drawn["texts"],
            "height": drawn["height"],
        }

    def assert_shows(self, bundle):
        """Asserts that title, size, names and, beside each name, marks are on the page."""
        content, drawn = bundle[CHART], self.drawn()
        assert self.title == content["title"]
        assert drawn["height"] == content["height"] > 0
        if content["kind"] == "echarts":  # a reader's own, in colours of its own
            assert drawn["texts"], self.title
            return
        axes = content["option"]["yAxis"]
        axis = axes[0] if isinstance(axes, list) else axes
        names = [text_of(item) for item in axis.get("data", [])]
        if not any(names):
            assert drawn["marks"], f"{self.title}: nothing is drawn"
            return
        rows = [row for row in drawn["rows"] if row["name"].strip()]
        assert len(rows) == len([name for name in names if name]), (
            f"{self.title}: {drawn['rows']}"
        )
        assert self.bare(content) == [], f"{self.title}: {rows}"

    def bare(self, content):
        """The names that no mark stands beside, of a chart that is described so."""
        # What a strip shows may be far below its name.
        strips = {
            lane["label"]
            for lane in content.get("lanes", [])
            if lane["kind"] == "strip"
        }
        return [
            row["name"]
            for row in self.drawn()["rows"]
            if row["name"].strip() and not row["marks"] and row["name"] not in strips
        ]

    def faint(self):
        """Title, subtitle, key and texts of the drawing that are hard to read."""
        entries = self.figure.evaluate(TEXT_COLORS)
        return faint(entries)


def text_of(item):
    """The label of an item of a category axis."""
    return item["value"] if isinstance(item, dict) else item


def faint(entries):
    """The texts below WCAG's 4.5:1, from [{text, color, background}]: [(text, ratio)]."""
    ratios = [
        (entry["text"], contrast(entry["color"], entry["background"]))
        for entry in entries
    ]
    return [(text, round(ratio, 2)) for text, ratio in ratios if ratio < 4.5]


def contrast(one, other):
    """The ratio of WCAG 2.2 between two colours as computed by CSS: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color):
    channels = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PALETTE = """figure => Object.fromEntries(
    [...figure.style]
        .filter(name => name.startsWith('--interleave-'))
        .map(name => [name.slice('--interleave-'.length), figure.style.getPropertyValue(name).trim()])
)"""

COLORS = """figure => [...figure.querySelectorAll('svg *')].flatMap(
    shape => [shape.getAttribute('fill'), shape.getAttribute('stroke')]).filter(Boolean)"""

DRAWN = """figure => {
    const top = figure.querySelector('svg')?.getBoundingClientRect().top ?? 0;
    const shapes = [], texts = [];
    for (const shape of figure.querySelectorAll('svg :is(path, rect, circle, polygon)')) {
        if (shape.closest('defs, clipPath, pattern')) continue;
        const { width, height, y } = shape.getBoundingClientRect();
        const fill = shape.getAttribute('fill') ?? 'none';
        const stroke = shape.getAttribute('stroke') ?? 'none';
        if (fill !== 'none' && width > 0 && height > 0) shapes.push({ fill, stroke, y: y + height / 2 - top });
    }
    for (const text of figure.querySelectorAll('svg text')) {
        const { width, height, y, left, right } = text.getBoundingClientRect();
        const box = figure.querySelector('svg').getBoundingClientRect();
        texts.push({
            text: text.textContent,
            anchor: text.getAttribute('text-anchor'),
            y: y + height / 2 - top,
            size: parseFloat(getComputedStyle(text).fontSize),
            outside: left < box.left - 1 || right > box.right + 1,
        });
    }
    return { shapes, texts, height: figure.querySelector('svg')?.getBoundingClientRect().height ?? 0 };
}"""

# A name inside a mark stands on the mark; every other text on the page. A text may be
# drawn on a path of its own colour, so only what lies under its middle counts.
TEXT_COLORS = """figure => {
    const solid = color => !/^rgba\\(.*, 0\\)$|^transparent$|^none$/.test(color);
    const behind = node => {
        for (let n = node; n; n = n.parentElement) {
            const color = getComputedStyle(n).backgroundColor;
            if (solid(color)) return color;
        }
        return 'rgb(255, 255, 255)';
    };
    const page = behind(figure);
    const found = [...figure.querySelectorAll('.interleave-chart-title, .interleave-chart-subtitle, .interleave-chart-key li')]
        .map(e => ({ text: e.textContent, color: getComputedStyle(e).color, background: behind(e) }));
    const shapes = [...figure.querySelectorAll('svg :is(path, rect)')].filter(s => !s.closest('defs, clipPath, pattern'));
    for (const text of figure.querySelectorAll('svg text')) {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const x = (left + right) / 2, y = (top + bottom) / 2;
        const under = shapes.filter(s => {
            const box = s.getBoundingClientRect();
            const before = s.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
            const fill = getComputedStyle(s).fill;
            const seen = parseFloat(getComputedStyle(s).fillOpacity) > 0;
            return before && seen && fill.startsWith('rgb') && solid(fill) && box.left < x && x < box.right && box.top < y && y < box.bottom;
        });
        found.push({
            text: text.textContent,
            color: getComputedStyle(text).fill,
            background: under.length ? getComputedStyle(under.at(-1)).fill : page,
        });
    }
    return found;
}"""
