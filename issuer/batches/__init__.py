"""Batches: a CSV file of credentials."""
