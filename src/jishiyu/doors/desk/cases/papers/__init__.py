"""The papers of a case, made from its facts: application, authorisation, visit record, review table, decision letter."""
