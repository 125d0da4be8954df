"""Public notices on the desk: what is up, putting up and closing, and the inbox of objections."""
