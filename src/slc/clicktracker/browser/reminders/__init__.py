"""Reminders on screens: their state, a preview, and a run by hand or by a program."""
