"""Who may act: agencies, sub-districts, posts and the people in them."""
