"""The page about the app: its version, what it is made of, and on what terms. It works offline as well."""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from wallet.site.phone.packages import Licence


def about_page(version: str, licences: Sequence[Licence], style: str, digests: Mapping[str, str]) -> bytes:
    """In Dutch and English on one page: nothing of it changes by itself."""
    source = (files("wallet.site") / "templates" / "about.html").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"about.html": source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    values = {"version": version, "licences": licences, "style": style, "digests": digests}
    return environment.get_template("about.html").render(values).encode()
