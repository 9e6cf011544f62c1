"""How many visits and page views there were, and of what."""
