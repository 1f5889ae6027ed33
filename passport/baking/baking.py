"""Baking into either kind of picture (Open Badges 3.0, section 5.3)."""

from passport.baking.png import bake_png
from passport.baking.png_chunks import SIGNATURE
from passport.baking.svg import bake_svg


def bake(picture: bytes, credential: bytes, *, replace: bool = False) -> bytes:
    """The picture with the credential in it; raises as `bake_png` and `bake_svg`."""
    baker = bake_png if picture.startswith(SIGNATURE) else bake_svg
    return baker(picture, credential, replace=replace)
