"""Sees what must not happen in a browser: errors, and requests that leave the machine."""

import re
from urllib.parse import urlsplit

# What JupyterLab itself says and no one can mend here: (pattern, why it is harmless).
NOISE = [
    (
        r"^uncaught: Cannot read properties of undefined \(reading 'schema'\)$",
        "Notebook 7 looks for the settings of a shortcut that only JupyterLab has",
    ),
    (
        r"^uncaught: Command 'filebrowser:open-path' not registered\.$",
        "Notebook 7 has no file browser beside a notebook",
    ),
]

HERE = ("127.0.0.1", "localhost")

OURS = "interleave-charts:"  # the chart renderer warns with its name in front


class Watch:
    """Notes every fault of a browser context from now on, in `faults`."""

    def __init__(self, context):
        self.faults = []
        context.on("request", lambda request: self._left(request.url))
        context.on("console", self._said)
        context.on("weberror", lambda error: self._fault(f"uncaught: {error.error}"))
        context.on(
            "page",
            lambda page: page.on("websocket", lambda socket: self._left(socket.url)),
        )

    def _left(self, url):
        address = urlsplit(url)
        if (
            address.scheme in ("http", "https", "ws", "wss")
            and address.hostname not in HERE
        ):
            self.faults.append(f"asked another machine: {url}")

    def _said(self, message):
        if message.type == "error" or OURS in message.text:
            self._fault(
                f"console {message.type}: {message.text} ({message.location.get('url', '')})"
            )

    def _fault(self, said):
        if not any(re.search(pattern, said) for pattern, _ in NOISE):
            self.faults.append(said)
