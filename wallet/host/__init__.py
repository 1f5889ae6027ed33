"""A host of share links (way D): keeps what wallets encrypted until it ends or is deleted; it cannot read it."""
