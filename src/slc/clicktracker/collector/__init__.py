"""Everything between the browser's POST and the storage."""
