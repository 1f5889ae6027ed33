"""The media types of documents that are fetched."""

JSON_TYPES = frozenset(
    {
        "application/json",
        "application/ld+json",
        "application/did+json",
        "application/did+ld+json",
        "application/did",
        "application/vc",
        "application/vc+ld+json",
    }
)
"""Media types of DID documents, trust lists, profiles, and status lists with a proof."""

PUBLISHED_TYPES = JSON_TYPES | {"application/jwt", "application/statuslist+jwt", "application/vc+jwt"}
"""The same and status lists as signed tokens: whatever a verification may want fetched."""
