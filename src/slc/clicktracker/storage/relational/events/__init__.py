"""Events of members in a database."""
