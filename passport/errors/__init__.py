"""One tree of errors: three families, a class a rule, a stable code, one sentence.

A few stand outside the families: faults of the host itself (its store, its secrets), for its operator.

    PassportError
    ├── Invalid             proved false or malformed      (HTTP 400, command line 1)
    │   ├── TooLarge        beyond a limit                 (413)
    │   ├── parsing         JSON, encodings, dates, digests
    │   ├── keys            keys and signatures
    │   ├── jsonld          contexts, terms, canonical form
    │   ├── dids            DID syntax, documents, verification methods
    │   ├── proofs          data integrity proofs
    │   ├── jose            signed tokens: JWS, JWT
    │   ├── x509            certificates of those who sign
    │   ├── sd_jwt          tokens whose claims are shown one by one
    │   ├── share_link      links that share a presentation
    │   ├── credentials     the shape of credentials and presentations
    │   └── status          status lists
    ├── Indeterminate       could not be checked           (503): never shown as good
    └── NotAllowed          refused by a rule              (403)
        ├── NotAuthenticated (401)  NotFound (404)  Conflict (409)  Gone (410)  RateLimited (429)

Rooms with rules of their own keep them in a module here: `passport.errors.jsonld` and so on.
"""

from passport.errors.base import (
    Conflict,
    Gone,
    Indeterminate,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    PassportError,
    RateLimited,
    TooLarge,
)
from passport.errors.keys import DecryptionFailed, MalformedKey, NoCryptography, SignatureMismatch, WeakKey
from passport.errors.parsing import (
    DigestMismatch,
    DuplicateKey,
    EncodingTooLong,
    JsonTooDeep,
    JsonTooLarge,
    MalformedDateTime,
    MalformedEncoding,
    MalformedJson,
    NotAnObject,
    NotUnicode,
    NumberOutOfRange,
    UnsupportedDigest,
)

__all__ = [
    "Conflict",
    "DecryptionFailed",
    "DigestMismatch",
    "DuplicateKey",
    "EncodingTooLong",
    "Gone",
    "Indeterminate",
    "Invalid",
    "JsonTooDeep",
    "JsonTooLarge",
    "MalformedDateTime",
    "MalformedEncoding",
    "MalformedJson",
    "MalformedKey",
    "NoCryptography",
    "NotAllowed",
    "NotAnObject",
    "NotAuthenticated",
    "NotFound",
    "NotUnicode",
    "NumberOutOfRange",
    "PassportError",
    "RateLimited",
    "SignatureMismatch",
    "TooLarge",
    "UnsupportedDigest",
    "WeakKey",
]
