"""The authorization server of an organisation: pushed requests, consent, codes, tokens, and who holds one."""
