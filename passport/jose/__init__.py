"""Signed tokens (JWS, RFC 7515, compact form only), and credentials and presentations in them.

EdDSA, ES256 and ES384: docs/decisions/0009 says why this is our own code.
"""
