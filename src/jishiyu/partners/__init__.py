"""With whom we exchange: other agencies' systems, their keys, what they may ask, every message, and what they subscribed to."""
