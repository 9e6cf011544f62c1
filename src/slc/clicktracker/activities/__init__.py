"""What members do, by name: which of their events are which activity."""
