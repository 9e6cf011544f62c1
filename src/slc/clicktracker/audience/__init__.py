"""Who is expected to read content."""
