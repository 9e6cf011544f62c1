"""Upgrade steps: one ZCML file and one module for each profile version."""
