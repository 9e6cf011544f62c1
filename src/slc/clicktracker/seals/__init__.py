"""Sealed reports: who had read a document at a moment, signed, and each bound to the one before."""
