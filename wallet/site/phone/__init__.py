"""Builds the wallet for phones: static files, from wallet/phone and pinned packages (docs/phone.md)."""
