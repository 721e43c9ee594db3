"""Pages of a running meeting and of its minutes."""
