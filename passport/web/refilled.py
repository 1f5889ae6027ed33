"""A page of ours again, with what somebody typed in one of its forms and the refusal beside the field. Pure.

Which field a refusal is about: the one of that name (a request of the wrong form names its field), or the
one whose `data-refusals` lists its code (or "*", any other), else the only one there is. A refusal that is
about no field stands on top of its form. Secrets are never filled in again: passphrases, keys, codes, files.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

_FIELDS = frozenset({"input", "select", "textarea"})
_TICKS = frozenset({"checkbox", "radio"})
_UNSEEN = frozenset({"hidden", "submit", "button", "image", "reset"})
_SECRETS = frozenset({"passphrase", "api_key", "code", "tx_code", "bootstrap"})
_ID = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal: the sentence, and by which words a field may know that it is about it."""

    sentence: str
    about: Collection[str]
    beside: str = ""
    """Said instead where a field is named by it."""


@dataclass(slots=True)
class _Field:
    tag: str
    attributes: Mapping[str, str]
    place: int
    text: str
    form: int
    label: int | None
    """Where the label begins that is around it."""
    folded: tuple[int, ...]
    """The `details` around it, by their places."""
    inner: tuple[int, int] = (0, 0)
    """From where to where its text is."""
    options: list["_Field"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        return self.attributes.get("type", "text") if self.tag == "input" else self.tag

    @property
    def seen(self) -> bool:
        return bool(self.name) and self.kind not in _UNSEEN

    @property
    def kept(self) -> bool:
        """Whether what was typed in it may stand in a page again."""
        return self.seen and self.kind not in {"password", "file"} and self.name not in _SECRETS

    @property
    def about(self) -> frozenset[str]:
        """The refusals that belong beside it: codes, names of fields of a request, "*" for any other."""
        return frozenset({self.name, *self.attributes.get("data-refusals", "").split()})


@dataclass(slots=True)
class _Form:
    place: int
    text: str
    addresses: set[str]
    folded: tuple[int, ...]
    fields: list[_Field] = field(default_factory=list)


def refill(
    page: str, action: str, typed: Sequence[tuple[str, str]], told: Told, method: str = "post"
) -> str | None:
    """The page with the form that is sent to `action` filled in, and what was refused.

    None where no form of the page takes all of what was typed: nothing typed is lost silently.
    """
    read = _Read(action, method)
    read.feed(page)
    read.close()
    form = read.of(typed)
    return None if form is None else _changed(page, read, form, typed, told)


class _Read(HTMLParser):
    """Where forms and their fields stand. The page is our own: it is well formed."""

    def __init__(self, action: str, method: str) -> None:
        super().__init__(convert_charrefs=False)
        self._action, self._method = action, method
        self.forms: list[_Form] = []
        self.folds: dict[int, str] = {}
        self._by_id: dict[str, int] = {}
        self._waiting: list[tuple[str, _Field]] = []
        self._open_form = -1
        self._label: int | None = None
        self._folded: list[int] = []
        self._last: _Field | None = None
        self._lines = [0]

    def feed(self, data: str) -> None:
        for line in data.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        super().feed(data)

    def close(self) -> None:
        super().close()
        for form_id, waiting in self._waiting:
            if form_id in self._by_id:
                self.forms[self._by_id[form_id]].fields.append(waiting)

    @property
    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings close their own tags; no field of ours does."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        text = self.get_starttag_text() or ""
        if tag == "form":
            self._open_form = len(self.forms)
            if "id" in attributes:
                self._by_id[attributes["id"]] = self._open_form
            sent_to = urlsplit(attributes.get("action", "")).path or self._action
            ours = attributes.get("method") == self._method
            self.forms.append(_Form(self._place, text, {sent_to} if ours else set(), tuple(self._folded)))
        elif tag == "label":
            self._label = self._place
        elif tag == "details":
            self._folded.append(self._place)
            self.folds[self._place] = text
        elif tag == "button" and self._open_form >= 0:
            if "formaction" in attributes:
                self.forms[self._open_form].addresses.add(urlsplit(attributes["formaction"]).path)
            self._add(tag, attributes | {"type": "submit"}, text)
        elif tag in _FIELDS:
            self._add(tag, attributes, text)
        elif tag == "option" and self._last is not None:
            self._last.options.append(_Field(tag, attributes, self._place, text, -1, None, ()))

    def _add(self, tag: str, attributes: dict[str, str], text: str) -> None:
        kind = "input" if tag == "button" else tag
        found = _Field(kind, attributes, self._place, text, self._open_form, self._label, tuple(self._folded))
        end = found.place + len(text)
        found.inner, self._last = (end, end), found
        if "form" in attributes:
            self._waiting.append((attributes["form"], found))
        elif self._open_form >= 0:
            self.forms[self._open_form].fields.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open_form = -1
        elif tag == "label":
            self._label = None
        elif tag == "details" and self._folded:
            self._folded.pop()
        elif tag == "textarea" and self._last is not None:
            self._last.inner = (self._last.inner[0], self._place)

    def of(self, typed: Sequence[tuple[str, str]]) -> _Form | None:
        """The form that was sent: it takes all that was typed, and is most like it."""
        fits = [form for form in self.forms if self._action in form.addresses and _takes(form, typed)]
        return max(fits, key=lambda form: _likeness(form, typed), default=None)


def _takes(form: _Form, typed: Sequence[tuple[str, str]]) -> bool:
    names = {each.name for each in form.fields}
    ticks = {each.name: set[str]() for each in form.fields if each.kind in _TICKS}
    for each in form.fields:
        if each.kind in _TICKS:
            ticks[each.name].add(each.attributes.get("value", "on"))
    return all(
        name in names and (name not in ticks or value in ticks[name]) for name, value in typed if value
    )


def _likeness(form: _Form, typed: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Forms that are sent to one address are told apart by their fields, then by what is fixed in them."""
    names = {each.name for each in form.fields}
    fixed = {(each.name, each.attributes.get("value", "")) for each in form.fields if not each.seen}
    return len(names.intersection(name for name, _ in typed)), len(fixed.intersection(typed))


def _changed(page: str, read: _Read, form: _Form, typed: Sequence[tuple[str, str]], told: Told) -> str:
    seen = [each for each in form.fields if each.seen]
    about = _about(seen, typed, told)
    edits: list[tuple[int, int, str]] = []
    for each in form.fields:
        edits += _filled(each, typed, marked=each is about)
    folded = form.folded if about is None else about.folded
    for place in folded:
        text = read.folds[place]
        if " open" not in text:
            edits.append((place, place + len(text), text[:-1] + " open>"))
    sentence = escape(told.beside if about is not None and told.beside else told.sentence)
    notice = f'<p class="notice notice-no" role="alert" id="{_ID}"'
    if about is None:
        after = form.place + len(form.text)
        edits.append((after, after, f'{notice} tabindex="-1" autofocus>{sentence}</p>'))
    else:
        before = about.place if about.label is None else about.label
        edits.append((before, before, f"{notice}>{sentence}</p>"))
    parts, done = [], 0
    for start, end, text in sorted(edits):
        parts += [page[done:start], text]
        done = end
    return "".join([*parts, page[done:]])


def _about(seen: Sequence[_Field], typed: Sequence[tuple[str, str]], told: Told) -> _Field | None:
    """The field that a refusal is about; of those that take any, the one that was filled in."""
    said = {name for name, value in typed if value}
    named = [each for each in seen if not each.about.isdisjoint(told.about)]
    any_other = [each for each in seen if "*" in each.about]
    filled_in = [each for each in any_other if each.name in said]
    only = seen if len(seen) == 1 else ()
    return next(iter([*named, *filled_in, *any_other, *only]), None)


def _filled(one: _Field, typed: Sequence[tuple[str, str]], *, marked: bool) -> list[tuple[int, int, str]]:
    attributes = {name: value for name, value in one.attributes.items() if name != "autofocus"}
    values = [value for name, value in typed if name == one.name]
    edits: list[tuple[int, int, str]] = []
    if one.kept and one.kind in _TICKS:
        attributes.pop("checked", None)
        if attributes.get("value", "on") in values:
            attributes["checked"] = ""
    elif one.kept and one.tag == "select" and values:
        edits += [_chosen(option, values) for option in one.options]
    elif one.kept and one.tag == "textarea" and values:
        edits.append((*one.inner, "\n" + escape(values[0])))
    elif one.kept and one.tag == "input" and values:
        attributes.pop("value", None)
        if values[0]:
            attributes["value"] = values[0]
    if marked:
        helped = attributes.get("aria-describedby", "")
        attributes |= {
            "aria-invalid": "true",
            "aria-describedby": f"{_ID} {helped}".strip(),
            "autofocus": "",
        }
    if attributes != one.attributes:
        edits.append((one.place, one.place + len(one.text), _tag(one.tag, attributes)))
    return edits


def _chosen(option: _Field, values: Sequence[str]) -> tuple[int, int, str]:
    attributes = {name: value for name, value in option.attributes.items() if name != "selected"}
    if attributes.get("value") in values:
        attributes["selected"] = ""
    return option.place, option.place + len(option.text), _tag("option", attributes)


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    written = (f' {key}="{escape(value)}"' if value else f" {key}" for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"
