"""Bounds on files that carry a credential, before anything in them is believed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """A baked picture. Reading one never decodes it, so its colours and points cost nothing."""

    size: int = 8_388_608
    """Bytes of a file: 1EdTech's sample has 84 kB, a photo from a phone 6 MB."""
    chunks: int = 8_192
    """Of a PNG: encoders write 8 to 32 kB in each, and a checksum is made of every one."""
    side: int = 4_096
    """Points of a side, of a picture that an organisation chooses for its badges; it is drawn by others."""
    svg: int = 2_097_152
    """Bytes of an SVG with its credential."""
    own_svg: int = 131_072
    """Bytes of an SVG that an organisation chooses: a drawing, not a photo in disguise."""
    elements: int = 8_192
    """Of an SVG. Drawings of badges have some hundreds."""
    depth: int = 64
    """Levels of nesting in an SVG."""
    drawn: int = 100_000
    """Elements that an SVG draws, with those that it names again: ten lines can name a billion."""


PICTURE = PictureLimits()


@dataclass(frozen=True, slots=True)
class CarrierLimits:
    """Files of other kinds with a credential in them."""

    text: int = 1_048_576
    """Bytes of one credential or presentation inside a file: as much as is read by itself."""
    page: int = 8_388_608
    """Bytes of an HTML page."""
    pdf: int = 16_777_216
    """Bytes of a PDF file: a scan of some pages with an attachment."""
    attachments: int = 32
    """Files attached to one PDF file that are looked into."""
    archive: int = 33_554_432
    """Bytes of a ZIP file, and of what comes out of it."""
    files: int = 64
    """In one ZIP file: the badges of a working life."""
    directory: int = 65_536
    """Bytes of the list of contents of a ZIP file."""
    inside: int = 128
    """Credentials that one file may bring, however they are packed."""


CARRIER = CarrierLimits()
