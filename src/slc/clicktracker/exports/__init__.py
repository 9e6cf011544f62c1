"""Lists as tables that can be written into a file."""
