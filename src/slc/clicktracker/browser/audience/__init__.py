"""Who is expected to read content, and who is excused."""
