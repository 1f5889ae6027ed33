"""One HTML file for a badge: to be read by people, taken in by wallets and verifiers. Nothing runs in it."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from passport.baking.html import JSON_TYPE, JWT_TYPE, for_a_page
from passport.certificate.content import Certificate
from passport.certificate.palette import palette_of
from passport.credentials import Form
from passport.texts.unseen import seen_on_a_page

_TYPES = {
    Form.LDP_VC: JSON_TYPE,
    Form.JWT_VC: JWT_TYPE,
    Form.VC_SD_JWT: "application/vc+sd-jwt",
    Form.DC_SD_JWT: "application/dc+sd-jwt",
}


def write_page(certificate: Certificate, picture: bytes) -> bytes:
    """The page.

    Args:
        certificate: what it says.
        picture: the badge's picture, PNG or SVG, shown as a picture: nothing in it can act on the page.
    """
    style = _style(certificate)
    page = _template().render(
        c=certificate,
        t=certificate.say,
        style=Markup(style),  # noqa: S704  # ours, with a colour from a list
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        picture=_data_url(picture),
        type=_TYPES[certificate.form],
        data=Markup(for_a_page(certificate.source)),  # noqa: S704  # without any <
    )
    return page.encode("utf-8", "replace")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        finalize=seen_on_a_page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(_file("page.html"))


@cache
def _file(name: str) -> str:
    return (files("passport.certificate") / "templates" / name).read_text(encoding="utf-8")


def _style(certificate: Certificate) -> str:
    palette = palette_of(certificate.issuer_id)
    return _file("page.css").replace("#tone", palette.tone).replace("#paper", palette.paper)


def _data_url(picture: bytes) -> str:
    kind = "image/png" if picture.startswith(b"\x89PNG") else "image/svg+xml"
    return f"data:{kind};base64,{base64.b64encode(picture).decode()}"
