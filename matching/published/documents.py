"""The signed documents that sets are made of: what each is called, and whether it holds."""

from dataclasses import dataclass

from matching.bundle import Bundle, read_bundle
from matching.errors import MalformedTaxonomyBundle
from matching.market.signed import verify_market
from matching.plan.catalogue import verify_module_catalogue
from matching.published.index import SetKind
from passport.encoding import base64url_decode, base64url_encode
from passport.evidence import verify_function_profile
from passport.json import JsonObject, dump, parse_object
from passport.limits import PUBLISHED
from passport.verification import Context

_TAXONOMY = "PublishedTaxonomy"


@dataclass(frozen=True, slots=True)
class Named:
    """What a document says that it is, once its publisher's signature held."""

    id: str
    version: int
    publisher: str


def verify_document(kind: SetKind, source: bytes, context: Context) -> Named:
    """Verify one document of a set by the rules of its kind.

    Raises:
        NotFetched: its publisher's key is not at hand.
        PassportError: what verifying that kind raises.
    """
    if kind is SetKind.PROFILES:
        profile = verify_function_profile(source, context=context)
        return Named(profile.id, profile.version, profile.publisher)
    if kind is SetKind.CATALOGUES:
        catalogue = verify_module_catalogue(source, context=context)
        return Named(catalogue.id, catalogue.version, catalogue.publisher)
    if kind is SetKind.MARKET:
        market = verify_market(source, context=context).market
        return Named(market.id, market.version, market.publisher)
    bundle, publisher = read_taxonomy(source)
    taxonomy = read_bundle(bundle, publishers={publisher}, now=context.now)
    return Named(taxonomy.name, 1, publisher)


def write_taxonomy(bundle: Bundle) -> JsonObject:
    """The two files of a taxonomy's bundle as one document."""
    manifest = parse_object(bundle.manifest, PUBLISHED)
    return {"type": _TAXONOMY, "manifest": manifest, "content": base64url_encode(bundle.content)}


def read_taxonomy(source: bytes) -> tuple[Bundle, str]:
    """The bundle and the publisher that it names; nothing of it is verified yet.

    Raises:
        MalformedTaxonomyBundle
    """
    document = parse_object(source, PUBLISHED)
    content, manifest = document.get("content"), document.get("manifest")
    if document.get("type") != _TAXONOMY or not isinstance(content, str):
        raise MalformedTaxonomyBundle
    named = manifest.get("publisher") if isinstance(manifest, dict) else None
    publisher = named.get("id") if isinstance(named, dict) else None
    if not isinstance(publisher, str):
        raise MalformedTaxonomyBundle
    return Bundle(dump(manifest), base64url_decode(content)), publisher
