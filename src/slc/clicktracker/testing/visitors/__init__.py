"""What proves a storage that knows who was on the site, and in which visits."""
