"""Licences: credentials with a number in a register and an end, which their holders have to renew."""
