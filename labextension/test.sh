#!/usr/bin/env bash
# Tests the chart extension without a browser: labextension/test.sh
set -euo pipefail

cd "$(dirname "$0")"
. ./node.sh

need_packages
npm run --silent test
