"""What a camera sees: QR codes held before it, one after another, as a film that Chromium takes for its camera."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from passport.pictures.qr import draw_png
from tests.simulators.browsing import ARGUMENTS, chromium

_TIMES = 8
"""Pictures of one code: Chromium shows thirty in a second, and wallets four codes."""
_WIDTH, _HEIGHT, _SIDE = 960, 720, 620


def held_up(text: str, *, side: int = _SIDE) -> bytes:
    """A JPEG of one code on a screen that is held before a camera, not quite in the middle."""
    code = Image.open(io.BytesIO(draw_png(text))).convert("RGB").resize((side, side))
    seen = Image.new("RGB", (_WIDTH, _HEIGHT), (96, 92, 84))
    seen.paste(code, ((_WIDTH - side) // 2 + 9, (_HEIGHT - side) // 2 - 7))
    written = io.BytesIO()
    seen.save(written, "JPEG", quality=80)
    return written.getvalue()


def film(path: Path, texts: Sequence[str]) -> None:
    """A .mjpeg is JPEGs one after another; Chromium begins anew at its end."""
    path.write_bytes(b"".join(held_up(text) * _TIMES for text in texts))


@contextmanager
def browsing_with_camera(path: Path) -> Iterator[Browser]:
    """A browser with this film before its camera, read each time that the camera is switched on.

    Whoever did not grant it (`context.grant_permissions(["camera"])`) is refused, as nobody answers the browser.
    """
    device = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={path}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, *device])
        try:
            yield browser
        finally:
            browser.close()
