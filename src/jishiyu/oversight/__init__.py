"""Whether it was right: quarterly figures, bulletins, assessment."""
