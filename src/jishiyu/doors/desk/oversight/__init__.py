"""The work as a whole: quarterly figures, bulletins, meetings, training, units, the journal."""
