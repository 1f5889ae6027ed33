"""An ESCO occupation in O*NET, as JSON: with its match type, as nothing is shown without it."""

from matching.onet.crosswalk import CrossMatch, MatchType
from matching.onet.model import Onet
from matching.taxonomy.compact import Taxonomy
from passport.json import JsonObject

_NEAR = frozenset({MatchType.EXACT, MatchType.CLOSE})


def crosswalk_json(onet: Onet, iri: str, taxonomy: Taxonomy | None = None) -> list[JsonObject]:
    """The O*NET occupations of an ESCO occupation, the best match first.

    O*NET has no Dutch. With a `taxonomy` that has, `dutch` is the title that ESCO gives the same work, or
    work close to it, with the type of that match; null where there is none.
    """
    return [
        {
            "code": match.iri,
            "title": onet.occupation(match.iri).title,
            "dutch": None if taxonomy is None else dutch_title(onet, match.iri, taxonomy),
            "taxonomy": onet.name,
            "match": str(match.match_type),
            "confidence": match.confidence,
            "inherited": match.inherited,
        }
        for match in onet.onet_of(iri)
    ]


def dutch_title(onet: Onet, code: str, taxonomy: Taxonomy) -> JsonObject | None:
    """What ESCO calls this work in Dutch, where the crosswalk says exact or close by itself."""
    for match in onet.esco_of(code):
        label = _dutch(match, taxonomy)
        if match.match_type in _NEAR and not match.inherited and label:
            return {"title": label, "match": str(match.match_type), "id": match.iri}
    return None


def _dutch(match: CrossMatch, taxonomy: Taxonomy) -> str:
    number = taxonomy.occupations.numbers.get(match.iri)
    labels = taxonomy.occupations.labels.get("nl")
    return "" if number is None or labels is None else labels[number]
