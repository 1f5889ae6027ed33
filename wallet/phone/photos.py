"""Photos made small enough to send, by the browser's own canvas (src/photos.js)."""

from dataclasses import dataclass, field

from wallet.core import limits
from wallet.core.evidence_files import MediaType, media_type_of
from wallet.errors_claims import EvidenceFileTooLarge, PhotoNotRead
from wallet.phone.host import Bridge

_PHOTOS = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})


@dataclass(frozen=True, slots=True)
class PhonePhotos:
    """Implements wallet.desk.tools.Photos."""

    bridge: Bridge = field(repr=False)

    def small_enough(self, name: str, data: bytes) -> tuple[str, bytes]:
        """As the port says; what the camera wrote beside the picture does not survive the canvas."""
        kind = media_type_of(data, name)
        if len(data) <= limits.SENT_FILE or kind not in _PHOTOS:
            return name, data
        values, smaller = self.bridge.ask(
            "photos.smaller",
            data,
            type=str(kind),
            side=limits.PHOTO_SIDE,
            pixels=limits.PHOTO_PIXELS,
            most=limits.SENT_FILE,
        )
        if values["result"] == "unreadable":
            raise PhotoNotRead
        if values["result"] == "too-large":
            raise EvidenceFileTooLarge(limit=limits.SENT_FILE)
        return f"{name.rpartition('.')[0] or name}.jpg", smaller
