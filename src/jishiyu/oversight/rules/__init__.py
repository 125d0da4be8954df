"""Figures, what they say in words, and how a stored report is sealed and compared. Pure."""
