"""How a public suite is told where we are: the entry of its configuration, made from the slots."""

from collections.abc import Iterable

from passport.conformance.slots import BITSTRING, VC_JOSE, Slot
from passport.json import JsonObject

_TAGS = {VC_JOSE: ["EnvelopingProof", "vc-jose-cose"], BITSTRING: ["BitstringStatusList"]}
_DATA_MODEL = "eddsa-rdfc-2022"


def entry(slots: Iterable[Slot], origin: str) -> JsonObject:
    """One entry of `implementations` in a suite's localConfig.cjs."""
    listed = list(slots)
    return {
        "name": "Skills passport (proof-only conformance profile)",
        "implementation": "skills-passport",
        "issuers": [_endpoint(slot, origin, "credentials/issue") for slot in listed],
        "verifiers": [_endpoint(slot, origin, "credentials/verify") for slot in listed],
        "vpVerifiers": [
            _endpoint(slot, origin, "presentations/verify") for slot in listed if not _is_selective(slot)
        ],
        "vcHolders": [
            {**_endpoint(slot, origin, "credentials/derive"), "tags": ["vcHolder"]}
            for slot in listed
            if _is_selective(slot)
        ],
        "didResolvers": [
            {
                "id": "did-resolver",
                "endpoint": f"{origin}/1.0/identifiers",
                "tags": ["did-key", "did-resolution"],
                "supportedDids": {
                    "valid": [{"did": listed[0].did, "resolutionOptions": {}}],
                    "notFound": "did:web:nobody.invalid",
                },
            }
        ],
    }


def _endpoint(slot: Slot, origin: str, operation: str) -> JsonObject:
    tags = list(_TAGS.get(slot.name, [slot.name]))
    if slot.name == _DATA_MODEL:
        tags.append("vc2.0")
    return {
        "id": slot.did,
        "endpoint": f"{origin}/{slot.path}/{operation}",
        "supportedEcdsaKeyTypes": [str(slot.key_type)],
        "supports": {"vc": ["1.1", "2.0"], "keyTypes": [str(slot.key_type)]},
        "tags": tags,
    }


def _is_selective(slot: Slot) -> bool:
    return slot.suite is not None and slot.suite.selective
