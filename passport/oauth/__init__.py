"""Messages of OAuth 2.0: each made by the party that sends it, parsed by the party that gets it. No I/O."""
