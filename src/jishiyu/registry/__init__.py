"""Who lives together and how they fare, over time (一户一档)."""
