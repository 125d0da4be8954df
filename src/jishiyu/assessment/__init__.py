"""What a household's situation is: indicators, weights, hardship score."""
