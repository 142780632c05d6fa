#!/bin/sh
# Prints the path of a Chromium for the browser tests: $CHROMIUM, else the
# machine's, else Playwright's, else Debian's package when run as root. Without
# any it says what to install, and fails.
set -eu

if [ -n "${CHROMIUM:-}" ]; then
	command -v "$CHROMIUM" || {
		echo "CHROMIUM=$CHROMIUM is not a program that can be run." >&2
		exit 1
	}
	exit
fi
for name in chromium chromium-browser google-chrome google-chrome-stable \
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
	"/Applications/Chromium.app/Contents/MacOS/Chromium"; do
	if command -v "$name"; then exit; fi
done

python=e2e/.venv/bin/python
export PLAYWRIGHT_BROWSERS_PATH="$PWD/build/browsers"
playwrights() {
	"$python" -c 'if True:
		import os
		from playwright.sync_api import sync_playwright
		with sync_playwright() as p:
			path = p.chromium.executable_path
		print(path)
		raise SystemExit(not os.path.exists(path))'
}
echo "No Chromium on this machine: fetching one for the browser tests" >&2
if "$python" -m playwright install chromium >build/browser.log 2>&1 && playwrights; then exit; fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	apt-get update -q >>build/browser.log 2>&1 || true
	apt-get install -qy chromium >>build/browser.log 2>&1 || true
	if command -v chromium; then exit; fi
fi
echo "The browser tests need Chromium: install chromium or Google Chrome, or set CHROMIUM to one. (What was tried is in build/browser.log.)" >&2
exit 1
