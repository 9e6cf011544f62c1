"""What members do, one event after the other."""
