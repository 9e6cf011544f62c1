"""Where in the world a network address is, as far as a file on this server tells."""
