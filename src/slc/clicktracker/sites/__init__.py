"""What ties a site to its storage, its keys and its records."""
