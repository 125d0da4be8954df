"""Which money may pay what, which deposit bears it, and in which months an award is paid. Pure."""
