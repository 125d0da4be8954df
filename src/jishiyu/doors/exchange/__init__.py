"""The interface for other agencies' computers."""
