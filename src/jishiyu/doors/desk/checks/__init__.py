"""Checks from above on the desk: what waits to be checked, draws, near relatives, and the second signature."""
