"""Evidence files that credentials bind by digest."""
