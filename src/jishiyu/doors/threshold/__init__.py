"""What every door shares: whose request it is, the language, the page frame."""
