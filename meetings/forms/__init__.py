"""What people type around meetings, one module for each part."""
