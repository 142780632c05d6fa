#!/bin/sh
# Runs one step of the set-up: says what it does and how far the set-up is, keeps
# the output in build/setup.log, and after a failure shows the end of it.
#
#   tools/step.sh 2/8 "Building the Go kernel" "What to try when it fails." COMMAND…
set -eu
step=$1 what=$2 hint=$3
shift 3

mkdir -p build
log=build/setup.log
output=build/step.log
began=$(date +%s)
printf '[%s] %s … ' "$step" "$what"
status=0
"$@" >"$output" 2>&1 || status=$?
{
	echo "== $(date) $what: $*"
	cat "$output"
} >>"$log"
if [ "$status" -eq 0 ]; then
	echo "$(($(date +%s) - began)) s"
	exit
fi
printf 'failed\n\n'
tail -n 15 "$output" | sed 's/^/    /'
printf '\n%s The whole output is in %s.\n' "$hint" "$log"
exit 1
