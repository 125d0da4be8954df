"""The worker and the command line."""
