"""Tools of the workshop: setting up, locking, messages. They run before anything is installed: standard library only."""
