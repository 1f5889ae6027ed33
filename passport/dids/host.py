"""What a person is shown of a DID."""

from urllib.parse import unquote

_DID_SHOWN = 32


def did_web_host(did: str) -> str | None:
    """The host of a did:web, in ASCII as it goes over the wire, with its port; None for anything else."""
    if not did.startswith("did:web:"):
        return None
    return unquote(did.split(":")[2]).lower()


def host_of(did: str) -> str:
    """What to show for a DID: the host of a did:web, in its ASCII truth, else its method and both ends."""
    _, _, rest = did.partition(":")
    method, _, identifier = rest.partition(":")
    if method == "web":
        return identifier.partition(":")[0].replace("%3A", ":")
    return did if len(did) <= _DID_SHOWN else f"{did[:16]}…{did[-6:]}"
