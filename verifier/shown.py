"""What somebody shows, in any of its forms, as the one presentation that it holds."""

from passport import limits
from passport.errors.web import BodyTooLarge, UnsupportedMediaType
from passport.pictures.qr import read_image, read_images
from passport.qr_text import frames_in, unpack
from verifier.errors import NothingShown

JSON_TYPES = (
    "application/json",
    "application/ld+json",
    "application/vp",
    "application/vp+ld+json",
)
TEXT_TYPES = ("text/plain",)
PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")
MEDIA_TYPES = (*JSON_TYPES, *TEXT_TYPES, *PICTURE_TYPES)


def read_shown(media_type: str, data: bytes) -> bytes:
    """The bytes of the presentation in a body.

    Args:
        media_type: JSON as it is; text/plain with the texts of QR codes, one a line; or one picture of them.
        data: the body.

    Raises:
        UnsupportedMediaType: something else.
        PassportError: what reading pictures and frames raises.
    """
    if media_type in PICTURE_TYPES:
        return unpack(read_image(data))
    if len(data) > limits.PRESENTATION.size:
        raise BodyTooLarge(limit=limits.PRESENTATION.size)
    if media_type in TEXT_TYPES:
        return read_text(data)
    if media_type in JSON_TYPES:
        return data
    raise UnsupportedMediaType(accepted=" ".join(MEDIA_TYPES))


def read_pictures(pictures: list[bytes]) -> bytes:
    """The presentation in one or more pictures of its QR codes."""
    return unpack(read_images(pictures))


def read_text(data: bytes) -> bytes:
    """JSON, or the texts of QR codes one a line, as somebody pastes them."""
    stripped = data.strip()
    if not stripped:
        raise NothingShown
    if stripped.startswith(b"{"):
        return stripped
    return unpack(frames_in(stripped.decode("utf-8", errors="replace")))
