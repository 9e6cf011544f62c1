"""Acknowledgements in a database."""
