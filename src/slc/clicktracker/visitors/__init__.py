"""Whose page views are recorded, and from which networks they come."""
