"""Writes a page of an executed notebook.

usage: export.py FOLDER TITLE <NOTEBOOK >PAGE

FOLDER holds the template "page". The page needs nothing from a network.
"""

import io
import sys

import nbformat
from nbconvert import HTMLExporter

folder, title = sys.argv[1:]
notebook = nbformat.read(
    io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"), as_version=4
)
notebook.metadata["title"] = title
notebook.metadata.setdefault("language_info", {}).update(name="go", pygments_lexer="go")

exporter = HTMLExporter(
    template_name="page",
    extra_template_basedirs=[folder],
    sanitize_html=False,
)
# A figure with its table comes before a bare picture.
exporter.config.NbConvertBase.display_data_priority = [
    "text/html",
    "image/svg+xml",
    "image/png",
    "text/markdown",
    "text/plain",
]
page, _ = exporter.from_notebook_node(notebook)
sys.stdout.buffer.write(page.encode())
