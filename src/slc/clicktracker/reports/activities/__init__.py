"""What the members who are followed do, beside those of a sample."""
