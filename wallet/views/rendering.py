"""Pages as text: Jinja2 with autoescape over the shared base template, in Dutch or English. No host, no I/O.

The same names as in the services' pages: `t` a sentence, `reason` a reason of the core, `day` a date as a
document has it, `own_day` and `moment` what happened here, in the zone of whoever looks, `host_of` where a
DID belongs, `chain` the picture of one skill of a report. Templates and sentences are read once, when the
renderer is made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from passport.answers import Reason
from passport.dids import host_of
from passport.errors import PassportError
from passport.errors.parsing import NO_DOCUMENT
from passport.evidence.picture import draw_chain
from passport.texts import Catalogue, Language, render_error, render_reason
from passport.texts.days import day_in_words
from passport.texts.unseen import seen_on_a_page

NAVIGATION = {
    "/": "nav-home",
    "/receive": "nav-receive",
    "/show": "nav-show",
    "/match": "nav-match",
    "/claims": "nav-assess",
    "/intake": "nav-intake",
    "/plan": "nav-plan",
    "/checkup": "nav-checkup",
    "/journal": "nav-journal",
    "/backup": "nav-backup",
}

Local = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Page:
    """What a view gives: a status and a whole page."""

    status: int
    html: str


class Renderer:
    """The wallet's templates, filled."""

    def __init__(
        self,
        *,
        stylesheet: str,
        script: str = "",
        local: Local | None = None,
        lock_minutes: Callable[[], int] = lambda: 0,
    ) -> None:
        """Args:

        stylesheet: the address of the sheet that the host serves.
        script: the address of the script that reads a page aloud; without it: none.
        local: turns a moment to the zone of whoever looks, which the host knows; without it: UTC.
        lock_minutes: after how long without use the wallet locks, so that a page can warn; 0 is never.
        """
        shared, own = files("passport") / "web" / "templates", files("wallet.views") / "templates"
        sources = {
            entry.name: entry.read_text(encoding="utf-8")
            for folder in (shared, own)
            for entry in folder.iterdir()
            if entry.name.endswith(".html")
        }
        self._environment = Environment(
            loader=DictLoader(sources),
            autoescape=True,
            finalize=seen_on_a_page,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._stylesheet, self._script = stylesheet, script
        self._lock_minutes = lock_minutes
        self._local = local
        self.catalogues = (
            Catalogue(files("matching") / "texts", files("wallet.texts")),
            Catalogue(files("passport") / "web" / "texts"),
        )

    def page(
        self,
        name: str,
        language: Language,
        *,
        status: int = 200,
        here: str = "",
        again: Sequence[tuple[str, str]] | None = (),
        **values: Any,
    ) -> Page:
        """Fill a template. `values` are escaped unless they are Markup that we made.

        `here` and the query `again` give the page in another language; None where it can't be asked again.
        """
        locked = values.pop("locked", False)
        html = self._environment.get_template(name).render(
            lang=language,
            languages=() if again is None else tuple(Language),
            again=f"{urlencode(again)}&" if again else "",
            stylesheet=self._stylesheet,
            shared_script=self._script,
            aloud=True,
            lock_minutes=self._lock_minutes(),
            brand="wallet-name",
            navigation={} if locked else NAVIGATION,
            here=here,
            t=lambda code, **inner: self.say(code, language, inner),
            reason=lambda found: self.reason(found, language),
            day=lambda moment: day_in_words(moment, language),
            own_day=lambda moment: day_in_words(_here(moment, self._local), language),
            moment=lambda moment: _moment(moment, language, self._local),
            host_of=host_of,
            chain=lambda skill: Markup(draw_chain(skill, language)),  # noqa: S704  # escaped there
            **values,
        )
        return Page(status, html)

    def say(self, code: str, language: Language, values: Mapping[str, str | int] | None = None) -> str:
        for catalogue in self.catalogues:
            if code in catalogue.codes(language):
                return catalogue.say(code, language, values)
        return render_reason(Reason(code, dict(values or {})), language)

    def reason(self, reason: Reason, language: Language) -> str:
        return self.say(reason.code, language, reason.values)

    def error(self, error: PassportError, language: Language) -> str:
        """The plain sentence of a refusal, and of the one behind it where that says more."""
        own = self.catalogues[0]
        said = (
            own.say(error.code, language, error.details)
            if error.code in own.codes(language)
            else render_error(error, language)
        )
        cause = error.__cause__
        silent = type(cause) in NO_DOCUMENT  # the refusal itself says it in words for people
        if isinstance(cause, PassportError) and cause.code != error.code and not silent:
            return f"{said} {self.error(cause, language)}"
        return said


def _moment(moment: datetime, language: Language, local: Local | None) -> Markup:
    here, zone = _here(moment, local), " UTC" if local is None else ""
    written = f"{day_in_words(here, language)}, {here:%H:%M}{zone}"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), written)


def _here(moment: datetime, local: Local | None) -> datetime:
    return moment if local is None else local(moment)
