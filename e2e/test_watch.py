"""The watch over every other test sees what it is there for."""

import pytest
from charts import contrast
from watch import Watch


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("fetch('https://example.com/x').catch(() => 0)", "asked another machine"),
        ("new WebSocket('ws://example.com/x')", "asked another machine: ws:"),
        ("new Image().src = 'http://192.0.2.1/x.png'", "asked another machine"),
        ("console.error('broken')", "console error: broken"),
        ("console.warn('interleave-charts: odd')", "console warning"),
        ("setTimeout(() => { throw new Error('late') })", "uncaught: late"),
    ],
)
def test_a_fault_is_noted(browser, script, fault):
    context = browser.new_context()
    watch = Watch(context)
    page = context.new_page()
    page.evaluate(script)
    page.wait_for_timeout(100)
    context.close()
    assert any(fault in noted for noted in watch.faults), watch.faults


def test_contrast_is_that_of_wcag():
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(
        4.48, abs=0.01
    )
