"""Sets of readers in a database."""
