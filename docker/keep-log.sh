#!/bin/sh
# keep-log.sh FILE NAME: PostgreSQL hands over each piece of its write-ahead log. A piece is kept whole or not at all.
set -eu
archive=${ARCHIVE:-/var/lib/postgresql/archive}
mkdir -p "$archive"
[ ! -f "$archive/$2" ] || exec cmp -s "$1" "$archive/$2"
cp "$1" "$archive/.$2"
sync "$archive/.$2"
exec mv "$archive/.$2" "$archive/$2"
