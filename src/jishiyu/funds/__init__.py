"""What was paid, from which source."""
