"""By when documents have to be read."""
