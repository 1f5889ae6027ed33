"""A host of share links (way D): keeps what wallets encrypted until it ends or is deleted. It reads none."""
