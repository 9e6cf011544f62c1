"""Reminders of deadlines by mail, and events for content rules."""
