"""The screen for the deadline of content."""
