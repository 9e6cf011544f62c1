"""What of content was shown, and which of it is the same to a reader."""
