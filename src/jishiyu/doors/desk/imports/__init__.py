"""Workbooks that come in: handed in, watched, mended."""
