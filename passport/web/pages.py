"""Pages for people: Jinja2 with autoescape, in their language, without scripts."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from passport.answers import Reason
from passport.clock import parse_datetime
from passport.dids import host_of
from passport.errors import PassportError
from passport.evidence.picture import draw_chain
from passport.texts import Catalogue, Language, render_reason
from passport.texts.days import day_in_words
from passport.texts.unseen import seen_on_a_page
from passport.web.language import COOKIE, language_of
from passport.web.problems import sentence_of
from passport.web.static import script_path, stylesheet_path
from passport.web.zones import place_of

_YEAR = 31_536_000


class Pages:
    """The templates of one package over the shared ones, and the sentences that fill them.

    In a template: `t(code, name=value)` a sentence, `reason(reason)` a reason of the core, `day(moment)` and
    `moment(moment)` dates, `host(did)` where a DID belongs, `chain(skill)` the picture of one skill of a
    report, `lang` the language.
    """

    def __init__(
        self,
        package: str | None = None,
        catalogue: Catalogue | None = None,
        *,
        brand: str = "passport",
        navigation: Mapping[str, str] | None = None,
        always: Mapping[str, Any] | None = None,
        zone: tzinfo = UTC,
    ) -> None:
        """Args:

        package: its folder `templates` is searched before the shared one.
        catalogue: the service's own sentences.
        brand: code of the service's name in the header.
        navigation: address to code of the links in the header.
        always: values that every template gets, such as the path of a sheet of the service's own.
        zone: where the people are who look: moments are told in its time.
        """
        loaders: list[BaseLoader] = [PackageLoader("passport.web", "templates")]
        if package is not None:
            loaders.insert(0, PackageLoader(package, "templates"))
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            finalize=seen_on_a_page,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._own = Catalogue(files("passport.web.texts"))
        self.catalogue = catalogue
        self._brand = brand
        self._navigation = dict(navigation or {})
        self._zone = zone
        self._environment.globals.update(always or {})

    def render(self, name: str, language: Language, *, again: str | None = "", **values: Any) -> str:
        """A whole page. `values` are escaped unless they are Markup that we made.

        `again` is the query with which it can be had in another language; None where it can't be asked again.
        """
        template = self._environment.get_template(name)
        return template.render(
            lang=language,
            languages=() if again is None else tuple(Language),
            again=again,
            stylesheet=stylesheet_path(),
            shared_script=script_path(),
            brand=self._brand,
            navigation=self._navigation,
            t=lambda code, **inner: self.say(code, language, inner),
            reason=lambda found: self.reason(found, language),
            error=lambda found: self.error(found, language),
            day=lambda moment: day_in_words(moment, language),
            moment=lambda moment: self._moment(moment, language),
            host=host_of,
            host_of=host_of,
            host_part=lambda url: urlsplit(url).netloc,
            chain=lambda skill: Markup(draw_chain(skill, language)),  # noqa: S704  # escaped there
            **values,
        )

    def respond(
        self, request: Request, name: str, *, status: int = HTTPStatus.OK, **values: Any
    ) -> HTMLResponse:
        """A whole page as the answer to a request, in its language, which `?lang=` makes stick.

        `manages` is for its menu: whether who signed in may manage accounts and the like (`request.state`).
        """
        language = language_of(request)
        response = HTMLResponse(
            self.render(
                name,
                language,
                here=request.url.path,
                again=_again(request),
                manages=getattr(request.state, "manages", False),
                **values,
            ),
            status_code=status,
            headers={"Content-Language": language, "Vary": "Accept-Language, Cookie"},
        )
        if request.query_params.get("lang") == language:
            response.set_cookie(COOKIE, language, max_age=_YEAR, samesite="lax", httponly=True)
        return response

    def say(self, code: str, language: Language, values: Mapping[str, str | int] | None = None) -> str:
        """A sentence of the service, else of the shared pages."""
        if self.catalogue is not None and code in self.catalogue.codes(language):
            return self.catalogue.say(code, language, values)
        return self._own.say(code, language, values)

    def reason(self, reason: Reason, language: Language) -> str:
        if self.catalogue is not None and reason.code in self.catalogue.codes(language):
            return self.catalogue.say(reason.code, language, reason.values)
        return render_reason(reason, language)

    def _moment(self, moment: datetime | str, language: Language) -> Markup:
        if isinstance(moment, str):
            moment = parse_datetime(moment)
        here, place = moment.astimezone(self._zone), place_of(self._zone)
        clock = f"{here:%H:%M}"
        there = {"time": clock, "place": place}
        told = self._own.say("moment-there", language, there) if place else f"{clock} UTC"
        written = f"{day_in_words(here, language)}, {told}"
        return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), written)

    def error(self, error: PassportError, language: Language) -> str:
        return sentence_of(error, language, self.catalogue)


def _again(request: Request) -> str | None:
    """The query of this page, for its links to other languages; a form's answer has no such link."""
    if request.method != "GET":
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{urlencode(kept)}&" if kept else ""
