"""Photos without what the camera wrote into them: the place, the moment, the device, the owner's name."""

from wallet.core.photos.jpeg import strip_jpeg
from wallet.core.photos.png import strip_png
from wallet.core.photos.webp import strip_webp

__all__ = ["strip_jpeg", "strip_png", "strip_webp"]
