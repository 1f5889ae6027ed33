"""Pages for files: choose some, see what is in them before anything is kept. Pure."""

from collections.abc import Sequence

from passport.errors import PassportError
from passport.errors.parsing import NO_DOCUMENT
from passport.share_link import ShareLink
from passport.texts import Language
from wallet.core.incoming import Found, Keeping
from wallet.views.rendering import Page, Renderer

_ANSWERS = {
    Keeping.CREDENTIAL: "yes",
    Keeping.CONFIRMATION: "yes",
    Keeping.HERE: "yes",
    Keeping.ASIDE: "cannot-tell",
    Keeping.DOCUMENT: "cannot-tell",
    Keeping.NOTHING: "no",
}


def choose_files(
    renderer: Renderer, language: Language, *, text: str = "", error: str = "", status: int = 200
) -> Page:
    return renderer.page("import.html", language, status=status, here="/import", text=text, error=error)


def found_in_files(
    renderer: Renderer,
    language: Language,
    identifier: str,
    found: Sequence[Found],
    links: Sequence[str],
    *,
    offers: Sequence[str] = (),
    shared: Sequence[ShareLink] = (),
    error: str = "",
    status: int = 200,
) -> Page:
    """What was found, each with what it is and what would become of it. Nothing is kept yet."""
    return renderer.page(
        "import-found.html",
        language,
        status=status,
        here="/import",
        again=None,
        id=identifier,
        found=[
            {
                "place": place,
                "file": one.file,
                "title": one.title or one.file,
                "issuer": one.issuer,
                "date": one.date,
                "keeping": str(one.keeping),
                "answer": _ANSWERS[one.keeping],
                "kept": one.would_be_kept,
                "mine": one.keeping in {Keeping.CREDENTIAL, Keeping.ASIDE, Keeping.HERE},
                "other_key": one.other_key,
                "why": "" if one.error is None else _why(renderer, one.error, language),
            }
            for place, one in enumerate(found)
        ],
        some=any(one.would_be_kept for one in found),
        offers=offers,
        shared=shared,
        others=len(links) - len(offers) - len(shared),
        error=error,
    )


def kept_from_files(renderer: Renderer, language: Language, kept: Sequence[Found]) -> Page:
    return renderer.page(
        "import-kept.html",
        language,
        here="/import",
        again=None,
        kept=[
            {
                "title": one.title or one.file,
                "keeping": str(one.keeping),
                "answer": _ANSWERS[one.keeping],
                "id": one.examined.id if one.examined is not None else "",
            }
            for one in kept
        ],
    )


def _why(renderer: Renderer, error: PassportError, language: Language) -> str:
    """A letter is no broken JSON to whoever gives it: say that no credential is in it, and what to give."""
    if type(error) in NO_DOCUMENT:
        return renderer.say("import-no-credential", language)
    return renderer.error(error, language)
