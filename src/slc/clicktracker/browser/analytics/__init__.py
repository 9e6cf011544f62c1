"""Where services for web analytics get into pages, and what pages say to them."""
