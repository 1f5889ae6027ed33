"""OpenID4VP 1.0: what a verifier asks of a wallet, and what the wallet answers. No input, no output."""
