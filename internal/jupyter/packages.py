"""Prints what differs between an environment and its pins, one line each.

usage: packages.py REQUIREMENTS
"""

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

text = Path(sys.argv[1]).read_text(encoding="utf-8")
pins = re.findall(r"^[A-Za-z0-9].*?(?= \\$)", text, re.MULTILINE)
if not pins:
    print("it pins nothing")
for pin in map(Requirement, pins):
    if pin.marker and not pin.marker.evaluate():
        continue
    try:
        version = metadata.version(pin.name)
    except metadata.PackageNotFoundError:
        print(f"{pin.name} is missing")
    else:
        if version not in pin.specifier:
            print(f"{pin.name} is {version}, not {pin.specifier}")
