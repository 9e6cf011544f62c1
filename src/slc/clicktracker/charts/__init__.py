"""Figures over time and place, as charts with a table beside them."""
