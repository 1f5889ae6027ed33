"""The page that `passport weigh --html` writes: one file with its styles and pictures inside."""

from markupsafe import Markup

from passport.json import JsonObject
from passport.texts import Language
from passport.web import Pages
from passport.web.static import stylesheet


def page(told: JsonObject, language: Language) -> str:
    """The whole page, for a report with sentences."""
    sheet = Markup(stylesheet().decode("utf-8"))  # noqa: S704  # our own file
    return Pages("passport.cli").render("weigh.html", language, found=told, sheet=sheet)
