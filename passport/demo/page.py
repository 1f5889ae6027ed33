"""The report of the demo as one HTML page beside its pictures."""

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from passport.demo.record import STRENGTH, Record

_TITLE = "A worker shows what they can do"
_ANSWER = {"yes": "✔ yes", "no": "✘ no", "cannot-tell": "? cannot tell"}


def write_page(record: Record, *, seconds: float, title: str = _TITLE) -> Path:
    """Write index.html into the report's folder and return its path."""
    source = files("passport.demo").joinpath("report.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    path = record.folder / "index.html"
    page = template.render(
        title=title, steps=record.steps, seconds=round(seconds), words={**_ANSWER, **STRENGTH}
    )
    path.write_text(page, encoding="utf-8")
    return path
