"""Organisations, their accounts and signing keys."""
