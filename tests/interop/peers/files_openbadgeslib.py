"""openbadgeslib as the other party: takes credentials out of our pictures, puts them into its own, checks tokens.

JSON in on stdin, JSON out on stdout; pictures as base64.
"""

import base64
import json
import sys

from openbadgeslib import baking
from openbadgeslib.ob3 import OB3Verifier

PNG = {"keyword": baking.ITXT_KEYWORD_OB3}
SVG = {"element": baking.SVG_ELEMENT_OB3}


def extract(picture: bytes) -> str:
    if picture.startswith(b"\x89PNG"):
        found = baking.extract_png(picture, **PNG)
    else:
        found = baking.extract_svg(picture, **SVG, text_fallback=True)
    return found.decode() if isinstance(found, bytes) else found


def bake(picture: bytes, credential: str) -> bytes:
    if picture.startswith(b"\x89PNG"):
        return baking.bake_png(picture, credential, **PNG)
    namespace = {"namespace": baking.SVG_NS_OB3, "as_text": credential.startswith("{")}
    return baking.bake_svg(picture, credential, **SVG, **namespace)


def verified(token: str, key: str) -> bool:
    return bool(OB3Verifier(key).verify(token))


asked = json.load(sys.stdin)
pictures = {name: base64.b64decode(data) for name, data in asked["pictures"].items()}
json.dump(
    {
        "extracted": {name: extract(picture) for name, picture in pictures.items()},
        "baked": {
            f"{form}-{name}": base64.b64encode(bake(base64.b64decode(picture), credential)).decode()
            for name, picture in asked["plain"].items()
            for form, credential in asked["credentials"].items()
        },
        "verified": verified(asked["credentials"]["jwt_vc_json"], asked["key"]),
    },
    sys.stdout,
)
