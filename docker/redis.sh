#!/bin/sh
# A broker must not forget: nothing is evicted, and every second is written to disk.
set -eu
exec redis-server --requirepass "$REDIS_PASSWORD" --maxmemory-policy noeviction --appendonly yes --appendfsync everysec --save "" --dir /data
