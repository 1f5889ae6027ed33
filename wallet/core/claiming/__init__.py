"""Taking credentials from an issuer (OpenID4VCI 1.0, the wallet's side): decisions, without a network."""
