"""European Learning Model, version 3: what a European Digital Credential for Learning says.

A credential of this model is sealed with JAdES (ETSI TS 119 182-1) or XAdES, under certificates that lead to
the European Union's trusted lists. Such a seal is not checked here, so nothing that is read here is verified:
it is shown as what the document says, and what is derived from it is the holder's own claim.

The members are those of the EDC application profile of ELM 3 (context `edc-ap`). They are read from the JSON
in the spelling that the Commission's own samples have; no JSON-LD is expanded, and what is not known is left.
"""

from passport.elm.claims import AwardedSkill, LearningClaim
from passport.elm.credential import EuropeanCredential, looks_european, parse_european_credential
from passport.elm.sealed import Seal

__all__ = [
    "AwardedSkill",
    "EuropeanCredential",
    "LearningClaim",
    "Seal",
    "looks_european",
    "parse_european_credential",
]
