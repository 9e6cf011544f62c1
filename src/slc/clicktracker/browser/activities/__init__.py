"""The screen about what members do."""
