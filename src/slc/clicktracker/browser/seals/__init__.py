"""Who had read something at a moment, and the seals of it."""
