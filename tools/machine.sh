#!/bin/sh
# Looks at this machine before anything is built: Go and Python new enough, and a
# C compiler. What is missing is told in one line each. What was found goes into
# build/machine, which changes only when it does: what is built depends on it.
set -eu

needs_go=26      # Go 1.N
needs_python=11  # Python 3.N
missing=

complain() {
	echo "make: $1" >&2
	missing=yes
}

# An older Go would fetch a newer one by itself, but cells never may.
if ! command -v go >/dev/null 2>&1; then
	complain "Go is missing. Install Go 1.$needs_go or newer from https://go.dev/dl/ and put it on PATH."
else
	version=$(cd / && GOTOOLCHAIN=local go env GOVERSION 2>&1) || version=unusable
	minor=$(printf %s "$version" | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
	if [ -z "$minor" ] || [ "$minor" -lt "$needs_go" ]; then
		complain "Go 1.$needs_go or newer is needed; $(command -v go) is $version. Install one from https://go.dev/dl/ and put it first on PATH."
	fi
fi

python=
for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
	if "$candidate" -c "import sys; sys.exit(sys.version_info < (3, $needs_python))" >/dev/null 2>&1; then
		python=$(command -v "$candidate")
		break
	fi
done
if [ -z "$python" ]; then
	complain "Python 3.$needs_python or newer is missing. Install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), or name one: make PYTHON=/path/to/python3"
elif ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
	complain "$python lacks venv. Install it: apt-get install python3-venv on Debian and Ubuntu."
fi

# The race detector, without which nothing is judged, is linked by a C compiler.
compiler=$(cd / && go env CC 2>/dev/null) || compiler=
if [ -n "$compiler" ] && ! command -v "${compiler%% *}" >/dev/null 2>&1; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		echo "make: installing gcc, which links the race detector"
		{ apt-get update -q && apt-get install -qy --no-install-recommends gcc libc6-dev; } >/dev/null 2>&1 ||
			complain "gcc is missing and apt-get could not install it. Install gcc and libc6-dev, then run make again."
	else
		complain "A C compiler is missing; the race detector is linked by one. Install it (Debian, Ubuntu: apt-get install gcc libc6-dev; macOS: xcode-select --install)."
	fi
fi

[ -z "$missing" ] || exit 1

mkdir -p build
{
	echo "python='$python'"
	echo "# $("$python" --version), $version, in $(pwd)"
} >build/machine.new
if cmp -s build/machine.new build/machine; then
	rm build/machine.new
else
	mv build/machine.new build/machine
fi
