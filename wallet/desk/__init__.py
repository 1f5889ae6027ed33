"""What stands behind the wallet's pages, its JSON interface and its commands, on whichever host.

One wallet, what its person is in the middle of, and what they do over the network. A host brings the ports:
where the vault is kept, how the network is reached, how pictures and paper are made. `wallet.desktop` is one
host, a phone's browser another.
"""
