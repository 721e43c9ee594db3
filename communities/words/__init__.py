"""Word lists: plain data, one file each."""
