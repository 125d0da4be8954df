"""Households: list, search, registration, the one page that tells a household's story, its economic snapshots."""
