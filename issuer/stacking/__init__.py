"""Stacking: several micro-credentials, of one issuer or more, become one that names its parts."""
