"""Tickets: the signed proof of what was served to whom, and what is decided by it."""
