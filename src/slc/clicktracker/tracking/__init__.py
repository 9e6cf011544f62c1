"""Which content is tracked, and which of it the viewer may know of."""
