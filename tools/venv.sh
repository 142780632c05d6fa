#!/bin/sh
# Makes a Python environment of exactly what a requirements file pins and hashes.
#
#   tools/venv.sh .venv requirements.txt
set -eu
folder=$1 requirements=$2
# shellcheck disable=SC1091 # written by machine.sh
. build/machine
# shellcheck disable=SC2154 # set there
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --disable-pip-version-check --no-input \
	--require-hashes --only-binary :all: -r "$requirements"
touch "$folder/.ready"
