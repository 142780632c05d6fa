#!/usr/bin/env bash
# Stands in for the images that ../../Dockerfile builds on, where no registry of
# images can be reached: Debian's own packages, and Go as its module proxy gives
# it, under the same names and tags.
#
#   deploy/image/bases.sh BUILDAH…      BUILDAH…: buildah with its storage options
#
# A stand-in holds no more than the Dockerfile needs of the real image.
set -euo pipefail
cd "$(dirname "$0")/../.."

buildah=("$@")
scratch=$(mktemp -d)
clean_up() {
	umount "$scratch/debian/proc" 2>/dev/null || true # of a debootstrap that was interrupted
	rm -rf --one-file-system "$scratch"
}
trap clean_up EXIT

made() { [ -n "$("${buildah[@]}" images --quiet --filter reference="docker.io/library/$image")" ]; }

# commit FOLDER TARGET: an image of one layer, FOLDER's content at TARGET.
commit() {
	local container
	container=$("${buildah[@]}" from scratch)
	"${buildah[@]}" add --quiet "$container" "$1" "$2" >/dev/null
	"${buildah[@]}" commit --quiet --rm "$container" "docker.io/library/$image" >/dev/null
}

mapfile -t images < <(sed -n 's/^FROM \([^ ]*:[^ ]*\).*/\1/p' Dockerfile)
for image in "${images[@]}"; do
	! made || continue
	echo "Standing in for $image"
	tag=${image#*:}
	case $image in
	debian:*-slim) # debian:SUITE-DATE-slim
		if ! debootstrap --variant=minbase "${tag%%-*}" "$scratch/debian" >"$scratch/log"; then
			tail "$scratch/log" >&2
			echo "$0: debootstrap failed; its last lines are above. It needs Debian's package mirror." >&2
			exit 2
		fi
		rm -rf "$scratch"/debian/var/cache/apt/archives/*.deb "$scratch"/debian/var/lib/apt/lists/*
		commit "$scratch/debian" /
		;;
	golang:*) # golang:VERSION-SUITE
		commit "$(cd / && GOTOOLCHAIN="go${tag%%-*}" go env GOROOT)" /usr/local/go
		;;
	*)
		echo "$0: no stand-in for $image; add one here" >&2
		exit 2
		;;
	esac
done
