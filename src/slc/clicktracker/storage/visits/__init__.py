"""Visits: who was on the site, when, and on which pages."""
