"""What is true of the outbox in every storage."""
