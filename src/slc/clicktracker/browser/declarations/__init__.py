"""The screen with all that was declared about content."""
