"""Notes on cases and households: written by colleagues for colleagues, with @ calls."""
