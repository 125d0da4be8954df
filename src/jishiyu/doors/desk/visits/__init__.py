"""Home visits with a telephone that may have no network: taking along, writing down, sending, choosing."""
