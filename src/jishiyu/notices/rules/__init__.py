"""What may be shown to the public, for how long, and what a letter says."""
