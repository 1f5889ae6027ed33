"""An ESCO occupation in O*NET, as JSON: with its match type, as nothing is shown without it."""

from matching.onet.model import Onet
from passport.json import JsonObject


def crosswalk_json(onet: Onet, iri: str) -> list[JsonObject]:
    """The O*NET occupations of an ESCO occupation, the best match first."""
    return [
        {
            "code": match.iri,
            "title": onet.occupation(match.iri).title,
            "taxonomy": onet.name,
            "match": str(match.match_type),
            "confidence": match.confidence,
            "inherited": match.inherited,
        }
        for match in onet.onet_of(iri)
    ]
