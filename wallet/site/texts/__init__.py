"""The sentences of the wallet's site."""
