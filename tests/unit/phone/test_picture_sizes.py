"""What a picture says of its size, by the script of the phone (src/sizes.js): the attack is one that lies in wait."""

import base64
import io
import json
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from PIL import Image

SCRIPT = Path(__file__).resolve().parents[3] / "wallet" / "phone" / "web" / "src" / "sizes.js"
ASK = """
const { pointsIn } = await import("data:text/javascript;base64," + process.argv[1]);
const all = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
const said = {};
for (const [name, data] of Object.entries(all)) said[name] = (await pointsIn(new Blob([Buffer.from(data, "base64")]))) ?? null;
console.log(JSON.stringify(said));
"""


def drawn(kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(made, kind, **more)
    return made.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and ends."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def test_a_small_file_that_is_a_giant_picture_is_known_before_it_is_decoded():
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    parts = struct.pack(">I4sIII", 20, b"ispe", 0, 512, 512) + struct.pack(
        ">I4sIII", 20, b"ispe", 0, 40_000, 30_000
    )
    gif = bytearray(drawn("GIF", comment=b"x" * 300))
    struct.pack_into("<HH", gif, 6, 1, 1)
    struct.pack_into("<HH", gif, gif.rindex(b",\0\0\0\0\x2c\x01\xc8\0") + 5, 40_000, 30_000)
    pictures = {
        "png": drawn("PNG"),
        "gif": drawn("GIF"),
        "jpeg": drawn("JPEG", exif=b"Exif\0\0" + bytes(9_000)),
        "progressive": drawn("JPEG", progressive=True),
        "webp": drawn("WEBP"),
        "webp lossless": drawn("WEBP", lossless=True),
        "webp with more": drawn("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0"),
        "giant": bomb(40_000, 30_000),
        "moving": drawn(
            "GIF", save_all=True, append_images=[Image.new("RGB", (300, 200))], comment=b"x" * 300
        ),
        "giant part of a small whole": bytes(gif),
        "giant of parts": struct.pack(">I4s4sI", 16, b"ftyp", b"avif", 0) + parts,
        "cut": bomb(9, 9)[:20],
        "cut jpeg": drawn("JPEG")[:30],
        "bmp": drawn("BMP"),
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='99999'/>",
        "empty": b"",
    }
    ran = subprocess.run(
        [node, "--input-type=module", "-e", ASK, base64.b64encode(SCRIPT.read_bytes()).decode()],
        input=json.dumps({name: base64.b64encode(data).decode() for name, data in pictures.items()}),
        capture_output=True,
        text=True,
        check=True,
    )
    known = dict.fromkeys(
        ["png", "gif", "jpeg", "progressive", "webp", "webp lossless", "webp with more"], 60_000
    )
    known["moving"] = 60_000
    giant = dict.fromkeys(["giant", "giant of parts", "giant part of a small whole"], 1_200_000_000)
    unknown = dict.fromkeys(["cut", "cut jpeg", "bmp", "svg", "empty"])
    assert json.loads(ran.stdout) == {**known, **giant, **unknown}
