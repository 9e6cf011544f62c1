"""What readers see of what is recorded about them, and of those who look."""
