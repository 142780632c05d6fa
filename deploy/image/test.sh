#!/usr/bin/env bash
# Builds the image over stand-ins for its bases (bases.sh) and uses it as people
# will: not as root, without a network, read-only, a month old. `make test-image`
# calls it. Needs Linux and root; keeps the stand-ins in .image and leaves no
# other image, container, mount or process behind.
set -euo pipefail
cd "$(dirname "$0")/../.."

image=localhost/interleave:test
# A name with a dot: goimports and gopls look through every other folder of the
# module, and an image holds many thousands.
cache=$PWD/.image
log=$cache/build.log

stop() {
	echo "make test-image: $*" >&2
	exit 2
}

install_tools() {
	local missing=() pair
	for pair in buildah:buildah debootstrap:debootstrap ip:iproute2 unshare:util-linux; do
		command -v "${pair%:*}" >/dev/null || missing+=("${pair#*:}")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	command -v apt-get >/dev/null || stop "${missing[*]} missing and there is no apt-get to install it; use Debian or Ubuntu"
	echo "Installing ${missing[*]}"
	if ! { apt-get update -q && apt-get install -qy --no-install-recommends "${missing[@]}"; } >/dev/null; then
		stop "apt-get could not install ${missing[*]}"
	fi
}

# Where the kernel refuses overlays (inside most containers) vfs works, with
# whole copies.
choose_storage() {
	mkdir -p "$cache"
	buildah=(buildah --root "$cache/overlay" --runroot "$cache/run" --storage-driver overlay)
	"${buildah[@]}" info >/dev/null 2>&1 && return
	buildah=(buildah --root "$cache/vfs" --runroot "$cache/run" --storage-driver vfs)
}

build() {
	local options=(--isolation chroot --network host --pull-never --format docker --tag "$image")
	local certificates setting
	# The build trusts whom this machine trusts, and fetches from where it does.
	certificates=$(readlink -f "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}")
	[ ! -f "$certificates" ] || options+=(--volume "$certificates:/run/certificates.crt:ro"
		--build-arg SSL_CERT_FILE=/run/certificates.crt)
	for setting in GOPROXY PIP_INDEX_URL NPM_CONFIG_REGISTRY; do
		[ -z "${!setting:-}" ] || options+=(--build-arg "$setting=${!setting}")
	done
	echo "Building the image (its output is in .image/build.log)"
	"${buildah[@]}" build "${options[@]}" . 2>&1 | tee "$log" | sed -un 's/^\(\[[0-9/]*\] STEP .*\)/  \1/p' ||
		{
			tail -n 30 "$log" >&2
			echo "make test-image: the build failed; its last lines are above, all are in $log" >&2
			exit 1
		}
}

# of FIELD: the lines of a list in the image's configuration.
of() { "${buildah[@]}" inspect --type image --format "{{range .OCIv1.Config.$1}}{{println .}}{{end}}" "$image" | sed '/^$/d'; }

# confined UID:GID rw|ro COMMAND…: the image's entry point with this command.
confined() {
	local user=$1 mode=$2
	shift 2
	unshare --net --mount --pid --fork --kill-child deploy/image/confined.sh "$root" "$user" "$mode" \
		env --ignore-environment --chdir=/home/jovyan "${environment[@]}" "${entry[@]}" "$@"
}

# The image as it will be in a month: Go drops from its cache what was not used
# for five days, which must not be what makes cells quick.
age() {
	find "$root/opt/go/build" -exec touch --no-dereference --date '30 days ago' {} +
	date --date '30 days ago' +%s >"$root/opt/go/build/trim.txt"
}

entries() { find "$root/opt/go/build" -name '*-[ad]' -mtime +7 | wc -l; }

check() {
	echo
	echo "== $1"
	shift
	"$@" || {
		echo "make test-image: failed: $*" >&2
		failed=yes
	}
}

keeps_its_cache() {
	local left
	left=$(entries)
	echo "$left of $warmed warmed entries are left"
	[ "$left" -eq "$warmed" ]
}

# Leaves the stand-ins alone; what an interrupted run left goes too.
clean_up() {
	{
		"${buildah[@]}" rm --all
		"${buildah[@]}" rmi "$image"
		"${buildah[@]}" rmi --prune
		umount "$cache/overlay/overlay" # the driver's own
	} >/dev/null 2>&1 || true
}

[ "$(uname -s)" = Linux ] || stop "it needs Linux; elsewhere use make image and docs/operating.md"
[ "$(id -u)" -eq 0 ] || stop "it builds in a chroot, which needs root: run it with sudo"
install_tools
choose_storage
trap clean_up EXIT
deploy/image/bases.sh "${buildah[@]}"
began=$SECONDS
build
built=$((SECONDS - began))

container=$("${buildah[@]}" from --pull-never "$image")
root=$("${buildah[@]}" mount "$container")
mapfile -t environment < <(of Env)
mapfile -t entry < <(of Entrypoint)
mapfile -t command < <(of Cmd)
day=interleave/day-03-threads-and-processes.ipynb
failed=
age
warmed=$(entries)

check "doctor" confined 1000:100 rw interleave doctor
check "Day 3, solved" confined 1000:100 rw interleave run --solved "$day"
check "the cache, in an image that is a month old" keeps_its_cache
check "Day 3, read-only, an empty home" confined 1000:100 ro interleave run "$day"
check "another uid, whose home cannot be written" confined 54321:54321 rw bash -c 'cd && interleave run '"$day"
check "the server, as docker's health check sees it" confined 1000:100 ro bash -c '
	"$@" >/tmp/server.log 2>&1 &
	for try in {1..120}; do
		if python /opt/interleave/deploy/image/healthcheck.py 2>/dev/null; then
			echo "it answers"
			exit
		fi
		sleep 0.5
	done
	cat /tmp/server.log
	exit 1' server "${command[@]}"
check "what a JupyterHub starts" confined 1000:100 ro jupyterhub-singleuser --version

echo
echo "The image: $("${buildah[@]}" images --format '{{.Size}}' "$image") unpacked, built in $built s, tested in $((SECONDS - began - built)) s"
(cd "$root" && du --summarize --human-readable usr/local/go opt/go/build opt/go/mod opt/jupyter opt/interleave)
[ -z "$failed" ]
