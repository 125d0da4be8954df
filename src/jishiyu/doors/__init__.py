"""How people and computers come in."""
