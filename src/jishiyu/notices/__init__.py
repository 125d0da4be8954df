"""What we told the household and the public."""
