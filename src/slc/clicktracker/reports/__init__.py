"""What is known of the readers of content, whatever shows it."""
