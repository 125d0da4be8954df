"""What every room stands on: money, periods, days, outcomes, identifiers, secrets. Knows no room."""
