"""What a handler asks of a request, taken from its signature.

    def post_share(visit: Visit, host: Annotated[str, Form(max_length=300)] = "", days: Days = 30) -> Answer

A parameter is text, a whole number, a yes or no, one of an enumeration, a file (`bytes`, or `Upload` with its
name), or a list of these; `| None` with None as its default may be left out. Without a marker it is a part of
the path where the path names it, else of the query. What breaks a bound is a MalformedRequest that names the
parameter and the rule, and never what was sent.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from passport.errors.web import MalformedRequest
from wallet.pages.visit import Upload, Visit

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_YES = frozenset({"1", "on", "t", "true", "y", "yes"})
_NO = frozenset({"0", "f", "false", "n", "no", "off"})


class Place(IntEnum):
    """Where a parameter stands; in this order they are looked at."""

    PATH = 0
    QUERY = 1
    FORM = 2


_SAID = {Place.PATH: "path", Place.QUERY: "query", Place.FORM: "body"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a value keeps to: `max_length` of a text in characters, of a list in items."""

    max_length: int | None = None
    ge: int | None = None
    le: int | None = None
    alias: str | None = None
    """Its name in the request, where that is no name in Python."""


class Query(Bounds):
    """A parameter of the address."""

    __slots__ = ()


class Form(Bounds):
    """A field of a form. Left empty is left out."""

    __slots__ = ()


class File(Bounds):
    """A file of a form."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a function makes of parameters of its own, for several handlers alike."""

    by: Callable[..., Any]


class Broken(Exception):
    """A value that a rule refuses; it never leaves this module."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of one value and its bounds."""

    type: Any
    bounds: Bounds

    def read(self, given: str | Upload) -> object:
        """Raises Broken."""
        if self.type is Upload or self.type is bytes:
            if not isinstance(given, Upload):
                raise Broken("file_type")
            return given if self.type is Upload else given.data
        if isinstance(given, Upload):
            raise Broken("string_type")
        if self.type is str:
            return _bounded_text(given, self.bounds.max_length)
        if self.type is bool:
            return _yes_or_no(given)
        if self.type is int:
            return _whole(given, self.bounds)
        return _one_of(given, self.type)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a handler."""

    name: str
    sent_as: str
    place: Place
    kind: Kind
    is_list: bool
    most: int | None
    default: Any

    def read(self, visit: Visit, in_path: Mapping[str, str]) -> object:
        """Raises MalformedRequest."""
        given = self._given(visit, in_path)
        try:
            return self._value(given)
        except Broken as error:
            raise MalformedRequest(field=f"{_SAID[self.place]}/{self.sent_as}", rule=error.rule) from None

    def _value(self, given: Sequence[str | Upload]) -> object:
        if not given:
            if self.default is inspect.Parameter.empty:
                raise Broken("missing")
            return self.default
        if not self.is_list:
            return self.kind.read(given[-1])
        if self.most is not None and len(given) > self.most:
            raise Broken("too_long")
        return [self.kind.read(each) for each in given]

    def _given(self, visit: Visit, in_path: Mapping[str, str]) -> Sequence[str | Upload]:
        if self.place is Place.PATH:
            return [in_path[self.sent_as]]
        if self.place is Place.QUERY:
            return [value for name, value in visit.query if name == self.sent_as]
        found = [value for name, value in visit.form if name == self.sent_as]
        return (
            found if self.is_list else [value for value in found[-1:] if isinstance(value, Upload) or value]
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a handler, and those that a function gathers for it."""

    parameters: tuple[Parameter, ...]
    gathered: Mapping[str, tuple[Callable[..., Any], "Signature"]] = field(default_factory=dict)

    def values(self, visit: Visit, in_path: Mapping[str, str]) -> dict[str, object]:
        """What the handler is called with; raises MalformedRequest."""
        found = {each.name: each.read(visit, in_path) for each in self.parameters}
        for name, (gather, inner) in self.gathered.items():
            found[name] = gather(**inner.values(visit, in_path))
        return found


def read_signature(handler: Callable[..., Any], in_path: Iterable[str] = (), *, skip: int = 0) -> Signature:
    """The parameters of `handler` but for its first `skip`; raises TypeError for what can't be one."""
    parameters, gathered, named = [], {}, frozenset(in_path)
    for each in list(inspect.signature(handler, eval_str=True).parameters.values())[skip:]:
        inner, marks = _unwrapped(each.annotation)
        by = next((mark.by for mark in marks if isinstance(mark, Gathered)), None)
        if by is not None:
            gathered[each.name] = (by, read_signature(by, named))
        else:
            parameters.append(_parameter(each, inner, marks, named))
    return Signature(tuple(sorted(parameters, key=lambda each: each.place)), gathered)


def _parameter(
    each: inspect.Parameter, inner: Any, marks: Sequence[object], in_path: frozenset[str]
) -> Parameter:
    bounds = next((mark for mark in marks if isinstance(mark, Bounds)), Bounds())
    place = Place.FORM if isinstance(bounds, Form | File) else Place.QUERY
    if each.name in in_path:
        place = Place.PATH
    is_list = get_origin(inner) is list
    if is_list:
        item, item_marks = _unwrapped(get_args(inner)[0])
        kind = Kind(item, next((mark for mark in item_marks if isinstance(mark, Bounds)), Bounds()))
    else:
        kind = Kind(inner, bounds)
    if kind.type not in {str, int, bool, bytes, Upload} and not _is_enumeration(kind.type):
        raise TypeError(f"{each.name} is of no kind that a request can have")
    most = bounds.max_length if is_list else None
    return Parameter(each.name, bounds.alias or each.name, place, kind, is_list, most, each.default)


def _unwrapped(annotation: Any) -> tuple[Any, tuple[object, ...]]:
    """The type without Annotated and without `| None`, and its marks."""
    marks: tuple[object, ...] = ()
    if get_origin(annotation) is Annotated:
        annotation, marks = annotation.__origin__, annotation.__metadata__
    if get_origin(annotation) in {Union, UnionType}:
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    return annotation, marks


def _is_enumeration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _bounded_text(text: str, most: int | None) -> str:
    if most is not None and len(text) > most:
        raise Broken("string_too_long")
    return text


def _whole(text: str, bounds: Bounds) -> int:
    if not _WHOLE.fullmatch(text.strip()):
        raise Broken("int_parsing")
    number = int(text)
    if bounds.ge is not None and number < bounds.ge:
        raise Broken("greater_than_equal")
    if bounds.le is not None and number > bounds.le:
        raise Broken("less_than_equal")
    return number


def _yes_or_no(text: str) -> bool:
    said = text.strip().lower()
    if said not in _YES | _NO:
        raise Broken("bool_parsing")
    return said in _YES


def _one_of(text: str, kind: type[Enum]) -> Enum:
    try:
        return kind(text)
    except ValueError:
        raise Broken("enum") from None
