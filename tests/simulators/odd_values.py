"""Values that somebody who tries to break a reader of badges would think of."""

from typing import Any

import contexts
from passport.jsonld.processor import BASE
from passport.jsonld.vocabulary import vocabulary

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

_TERMS = vocabulary(contexts.shipped())
KEYS = sorted(_TERMS.properties | _TERMS.classes)
NAMES = [*KEYS, "@id", "@type", "@value", "@context", "@graph", "@set", "@list", "x", "ID", "", "a:b", "é"]

# fmt: off
TEXTS = [
    "x", "", " ", "A", '"', "\\", '\\"', "\n", "\r\n", "\t", "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff",
    "\ud800", "é", "e\u0301", "\U0001f916", "{v0}", "{{", "}", "'", "''", "%s", "\\n", "\\u0000", "_:b1", "_:a",
    "<>", "> <urn:p> <urn:o> .\n", "true", "1", "1.0", "1e3", "NaN", "INF", "null", "nl", "nl-NL", "c14n0",
    "2031-01-15T09:00:00Z", "2031-01-15", "Achievement", "Profile", "assertionMethod", "authentication",
    "sentinel-5f1d-0", "urn:sentinel-5f1d:0", "_:c14n0", "x" * 300,
]
ADDRESSES = [
    "urn:x", "urn:y", "urn:x ", "urn:", "urn", "urn:x\n", "urn:x\nurn:y", "urn:a>b", "urn:a<b", 'urn:a"b',
    "urn:a\\b", "urn:a{b}", "urn:a|b", "urn:a^b", "urn:a`b", "urn:é", "urn:\u3000", "urn:\x7f", "urn:\ud800",
    "URN:x", "Urn:x", "did:web:a.example", "did:key:z6Mk", "mailto:a@example.org", "data:,x", "tag:x", "geo:1,2",
    "cred:x", "xsd:string", "https://a.example/", "https://a.example/b c", "https://", "https:x", "http:",
    "//a.example/", "/x", "#x", "?x", "_:b", "_:b0", "_:c14n0", "x:y", "x:'", "schema:name", "@id", "@type", "@x",
    "id", "type", "name", "Achievement", f"{BASE}x", BASE, BASE[:-1], f"{BASE.upper()}x", "https://a/../b",
    "urn://relative.invalid/x", "https://a/./b", "urn:uuid:6f0c7a6e-1f5c-4d0e-9a55-3c2d9f1b7e10",
    "urn:UUID:6F0C7A6E-1F5C-4D0E-9A55-3C2D9F1B7E10",
]
NUMBERS = [
    0, 1, -1, 8, 2**31, 2**53 - 1, 2**63, 10**21, 10**22, 0.0, -0.0, 1.0, 1.5, -2.75, 0.1, 1e21, 1e22, 1e300,
    5e-324, float("nan"), float("inf"), 42.0, 100.0, 123456789.125, 1e15, 1e16, 4.35,
]
ODD: list[Any] = [
    True, False, None, [], {}, [[]], [["x"]], [None], ["x", "x"], ["x"], {"id": "urn:x"}, {"x": "y"},
    {"id": "urn:x", "type": "Profile"}, {"@value": "x", "@language": "nl"}, {"@id": "urn:x"},
    {"type": ["Profile"]}, {"id": "urn:x", "type": ["Profile"], "name": "x"}, [{"type": ["Result"]}] * 2,
    {"type": "Image", "id": "data:,x"},
]
CONTEXTS: list[Any] = [
    V2, OB, [V2], [V2, OB], [OB, V2], [V2, OB, EXTENSIONS], [V2, EXTENSIONS, OB], [V2, OB, OB], {}, None, [],
    [V2, OB.replace("3.0.3", "3.0.1")], [V2, OB.replace("3.0.3", "3.0.2"), EXTENSIONS],
    ["https://www.w3.org/2018/credentials/v1", OB], [V2, {"name": "urn:x"}], [V2, "https://example.org/context"],
    [V2, "https://w3id.org/security/data-integrity/v2"],
]
