"""The public's web pages."""
