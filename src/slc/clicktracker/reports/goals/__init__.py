"""Which goals readers reached, and which variant of a split did better."""
