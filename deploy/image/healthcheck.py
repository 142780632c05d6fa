"""Exit status 0 if the container's own Jupyter server answers.

The server's port and prefix are whatever started it chose (a hub gives it
/user/NAME/), so they come from the file that a running server keeps.
"""

import json
import pathlib
import ssl
import sys
import urllib.request

from jupyter_core.paths import jupyter_runtime_dir

servers = pathlib.Path(jupyter_runtime_dir()).glob("jpserver-*.json")
newest = max(servers, key=lambda file: file.stat().st_mtime, default=None)
if newest is None:
    sys.exit("no Jupyter server has started")
server = json.loads(newest.read_text())
scheme = "https" if server["secure"] else "http"
# A hub's internal certificate names the hub's host, not this address.
context = ssl._create_unverified_context() if server["secure"] else None
url = f"{scheme}://127.0.0.1:{server['port']}{server['base_url']}api"
urllib.request.urlopen(url, timeout=5, context=context).close()
