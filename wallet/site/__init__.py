"""The wallet's site: where a worker finds the wallet, and any wallet finds the published data whole."""
