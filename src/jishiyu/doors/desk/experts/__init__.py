"""The expert module: experts compare dimensions and see their consistency at once; the office makes weights of it."""
