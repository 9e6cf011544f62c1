"""Goals and splits in a database."""
