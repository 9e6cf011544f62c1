"""Page views and visits in a database."""
