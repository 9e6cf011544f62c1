"""REST services: what screens show and do, for other software."""
