#!/usr/bin/env bash
# Runs a command in the folder ROOT roughly as `docker run --network none` would:
# no network but the loopback, and a process namespace that takes every process
# with it when the command ends. ro stands for docker's --read-only with an empty
# tmpfs over /tmp and over the home. Needs root; its mounts end with it.
#
#   unshare --net --mount --pid --fork --kill-child confined.sh ROOT UID:GID rw|ro COMMAND…
set -euo pipefail
root=$1 user=$2 mode=$3
shift 3

ip link set lo up
if [ "$mode" = ro ]; then
	mount --bind "$root" "$root"
	mount -o remount,bind,ro "$root"
	mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/tmp"
	mount -t tmpfs -o nosuid,nodev,noexec,mode=755,uid="${user%:*}",gid="${user#*:}" tmpfs "$root/home/jovyan"
fi
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot --userspec="$user" "$root" "$@"
