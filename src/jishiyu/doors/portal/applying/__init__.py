"""Applying on line, without an account."""
