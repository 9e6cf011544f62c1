"""Names, numbers, times and links as people read them."""
