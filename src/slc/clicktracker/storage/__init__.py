"""Where readings live: one folder a backend. Nothing here imports Plone."""
