"""Issuance: prepare, record, sign, deliver."""
