"""Acts across rooms."""
