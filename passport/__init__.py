"""What issuer, wallet and verifier must agree on. docs/architecture.md draws the rooms."""
