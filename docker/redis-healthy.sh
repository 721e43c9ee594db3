#!/bin/sh
export REDISCLI_AUTH="$REDIS_PASSWORD"
[ "$(redis-cli ping)" = PONG ]
