"""Log-in, the work desk, choice of post and language, help."""
