"""What a person is shown of a DID."""

_DID_SHOWN = 32


def host_of(did: str) -> str:
    """What to show for a DID: the host of a did:web, in its ASCII truth, else its method and both ends."""
    _, _, rest = did.partition(":")
    method, _, identifier = rest.partition(":")
    if method == "web":
        return identifier.partition(":")[0].replace("%3A", ":")
    return did if len(did) <= _DID_SHOWN else f"{did[:16]}…{did[-6:]}"
