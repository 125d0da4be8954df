"""One box for everything: people and households, cases, benefit items, standards, pages and acts."""
