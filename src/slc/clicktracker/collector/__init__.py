"""From the browser's beacon to the storage."""
