"""What we did: application, visit, review, decision, award."""
