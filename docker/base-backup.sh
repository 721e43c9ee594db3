#!/bin/sh
# In the database container: a whole copy of the cluster, as one compressed file on standard output.
# Together with the write-ahead log in the archive it can be brought to any moment after it was taken.
set -eu
exec pg_basebackup --username "$POSTGRES_USER" --pgdata - --format tar --gzip --wal-method fetch --checkpoint fast
