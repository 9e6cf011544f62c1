"""What readers have acknowledged, and what others have attested of them."""
