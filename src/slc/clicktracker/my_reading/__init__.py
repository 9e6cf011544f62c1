"""What is recorded about one member, for that member alone."""
