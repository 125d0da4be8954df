"""Decision tables on the desk: read by everybody, revised by the office, approved by a second person of it."""
