"""Applications that came on line, and the papers of households."""
