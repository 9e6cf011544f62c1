"""What is shown of visitors."""
