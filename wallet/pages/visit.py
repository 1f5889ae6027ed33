"""One request for a page, as every host hands it over, and what a handler needs to answer it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from passport.answers import Reason
from passport.errors import PassportError
from passport.errors.web import MalformedRequest
from passport.texts import Language
from wallet.desk.desk import Desk
from wallet.pages.answer import HTML, Answer
from wallet.views.refusals import Refusal
from wallet.views.rendering import Page, Renderer


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form. A browser sends one without a name and without data where none was chosen."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request, the wallet that it is for, and how pages are written.

    `url` is the whole address as it came, `form` the fields and files of a form in their order.
    """

    method: str
    url: str = field(repr=False)
    form: Sequence[tuple[str, str | Upload]] = field(default=(), repr=False)
    language: Language
    desk: Desk = field(repr=False)
    renderer: Renderer = field(repr=False)

    @property
    def path(self) -> str:
        return unquote(self._parts.path) or "/"

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self._parts.query, keep_blank_values=True)

    @property
    def _parts(self) -> SplitResult:
        """An address that is none, which a link to a phone's wallet may hold, is that of the first page."""
        try:
            return urlsplit(self.url)
        except ValueError:
            return urlsplit("/")

    def fields(self, *, most: int) -> dict[str, str]:
        """All fields of a form whose names are data, the last of each name.

        Raises:
            MalformedRequest: more of them than `most`, or a file.
        """
        found = {name: value for name, value in self.form if isinstance(value, str)}
        if len(self.form) > most or len(found) < len({name for name, _ in self.form}):
            raise MalformedRequest(field="body", rule="too_long")
        return found

    def sentence(self, error: PassportError, about: str = "") -> Refusal:
        """What a person reads when something is refused.

        `about` names what it is about where a page has several forms and the refusal's code does not tell.
        """
        typed: dict[str, list[str]] = {}
        for name, value in self.form:
            if isinstance(value, str):
                typed.setdefault(name, []).append(value)
        return Refusal(self.renderer.error(error, self.language), about or error.code, typed)

    @property
    def say(self) -> Callable[[Reason], str]:
        """Renders reasons in the language of this visit."""
        return lambda reason: self.renderer.reason(reason, self.language)

    def html(self, page: Page, *, refresh: str = "", once: bool = False) -> Answer:
        """A view's page. It goes when the wallet locks: what it shows goes with it.

        `once`: no way leads back to it, as to a page with recovery words.
        """
        headers = {"Content-Language": str(self.language), "Vary": "Accept-Language, Cookie"}
        if once:
            headers["Cache-Control"] = "no-store"
        minutes = self.desk.lock_minutes
        if refresh:
            headers["Refresh"] = refresh
        elif minutes:
            headers["Refresh"] = f"{minutes * 60 + 1}; url=/idle"
        return Answer(page.html.encode(), page.status, HTML, headers)
