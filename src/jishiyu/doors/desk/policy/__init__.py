"""What binds us, to look up: programmes and items, standards by day with where they were read, and what is not known."""
