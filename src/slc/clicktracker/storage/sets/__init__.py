"""Who has read what, as sets: what questions about many readers are answered from."""
