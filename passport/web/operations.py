"""Names of operations in OpenAPI documents: what generated clients call their functions; they never change.

Made from the route's function and its module: `index`, `show` and `create` in `issuer.routes.credentials` are
list_credentials, get_credential and create_credential; a name of several words stands as it is. A house test
holds them unique.
"""

from fastapi.routing import APIRoute

_ENDINGS = (("ies", "y"), ("ches", "ch"), ("s", ""))
_UNCOUNTED = frozenset({"evidence", "audit", "vc_api"})


def operation_id(route: APIRoute) -> str:
    """The stable name of an operation."""
    room = str(route.endpoint.__module__).rpartition(".")[2]
    if route.name == "index":
        return f"list_{room}"
    verb, _, rest = route.name.partition("_")
    return f"{'get' if verb == 'show' else verb}_{rest or singular(room)}"


def singular(word: str) -> str:
    """One of them: `batches` to `batch`, `licences` to `licence`."""
    if word in _UNCOUNTED:
        return word
    for ending, other in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return word
