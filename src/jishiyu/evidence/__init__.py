"""What came in: batches, documents, rows, with provenance."""
