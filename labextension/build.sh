#!/usr/bin/env bash
# Builds the chart extension and installs it into PREFIX/share/jupyter.
#
#   labextension/build.sh PREFIX        for example labextension/build.sh .venv
#
# Nothing is done again while its sources have not changed.
set -euo pipefail

name=interleave-charts

if [ $# -ne 1 ]; then
	echo "usage: $0 PREFIX   (a Python environment, such as .venv)" >&2
	exit 2
fi
if [ ! -d "$1" ]; then
	echo "$0: $1 is not a folder; create the Python environment first" >&2
	exit 2
fi
prefix=$(cd "$1" && pwd)
cd "$(dirname "$0")"
. ./node.sh
built=$build/labextension
stamp=$build/labextension.stamp
log=$build/labextension.log
installed=$prefix/share/jupyter/labextensions/$name

if newer "$stamp" src style package.json package-lock.json tsconfig.json install.json .npmrc; then
	need_packages
	echo "Building the chart extension"
	if ! npm run --silent build >"$log" 2>&1; then
		cat "$log" >&2
		echo "The chart extension could not be built; the lines above are in $log" >&2
		exit 1
	fi
	cp install.json "$built/"
	touch "$stamp"
fi

if newer "$installed/install.json" "$built"; then
	# Copied beside and renamed, so that a running JupyterLab never sees half of it.
	mkdir -p "$(dirname "$installed")"
	fresh=$(mktemp -d "$(dirname "$installed")/.$name.XXXXXX")
	trap 'rm -rf "$fresh"' EXIT
	cp -R "$built/." "$fresh/"
	chmod 755 "$fresh"
	touch "$fresh/install.json"
	rm -rf "$installed"
	mv "$fresh" "$installed"
fi
