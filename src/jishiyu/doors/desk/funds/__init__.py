"""Money: sources kept apart, deposits, the monthly payment run, and any fen traced both ways."""
