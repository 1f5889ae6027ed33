"""Photos of a phone made small enough to send. What the camera wrote into them goes in the core."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from passport.pictures.scans import too_many_scans
from wallet.core import limits
from wallet.core.evidence_files import MediaType, media_type_of
from wallet.errors_claims import EvidenceFileTooLarge, PhotoNotRead

_PHOTOS = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
_FORMS = ("JPEG", "PNG", "WEBP")
_QUALITIES = (85, 70, 50)


def small_enough(name: str, data: bytes) -> tuple[str, bytes]:
    """A photo that is too large to send comes back smaller, as JPEG, the right way up; the rest as it is.

    Raises:
        EvidenceFileKind, PhotoNotRead
        EvidenceFileTooLarge: more pixels than are decoded, or larger than is sent whatever was tried.
    """
    if len(data) <= limits.SENT_FILE or media_type_of(data, name) not in _PHOTOS:
        return name, data
    if too_many_scans(data):
        raise PhotoNotRead
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMS) as photo:
                if photo.width * photo.height > limits.PHOTO_PIXELS:
                    raise EvidenceFileTooLarge(limit=limits.PHOTO_PIXELS)
                photo.draft("RGB", (limits.PHOTO_SIDE, limits.PHOTO_SIDE))
                upright = ImageOps.exif_transpose(photo).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, UnidentifiedImageError):
        raise PhotoNotRead from None
    upright.thumbnail((limits.PHOTO_SIDE, limits.PHOTO_SIDE))
    for quality in _QUALITIES:
        written = io.BytesIO()
        upright.save(written, "JPEG", quality=quality)
        if written.tell() <= limits.SENT_FILE:
            return f"{name.rpartition('.')[0] or name}.jpg", written.getvalue()
    raise EvidenceFileTooLarge(limit=limits.SENT_FILE)
