"""What a reading means: versions, levels, audience."""
