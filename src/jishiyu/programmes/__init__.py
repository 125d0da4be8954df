"""What a household is entitled to: conditions, amounts, the order insurance, government, charity."""
