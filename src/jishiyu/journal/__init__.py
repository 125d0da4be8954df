"""The append-only, hash-chained book of looks and acts."""
