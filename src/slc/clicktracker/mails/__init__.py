"""Mails of a site: summaries for members who subscribe to them, and how a mail is sent."""
