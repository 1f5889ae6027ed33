"""Documents as the text of QR codes: deflated with a shared dictionary, base45, in numbered frames.

The text is pure transport and proves nothing; what it carries is verified like anything else. Drawing and
reading the pictures is `passport.pictures.qr`.
"""

from passport.qr_text.frame import Frame, frames_in, looks_like_frames, parse_frame
from passport.qr_text.pack import Collector, pack, unpack

__all__ = ["Collector", "Frame", "frames_in", "looks_like_frames", "pack", "parse_frame", "unpack"]
