"""What a page asks of a request is read by its signature, or refused by the name of the parameter and the rule."""

from enum import StrEnum
from typing import Annotated

import pytest

from passport.errors import NotFound
from passport.errors.web import MalformedRequest, MethodNotAllowed
from passport.texts import Language
from wallet.pages.answer import Answer, as_file, nothing, redirect
from wallet.pages.parameters import File, Form, Gathered, Query, read_signature
from wallet.pages.routing import Guard, Router, find
from wallet.pages.visit import Upload, Visit


class Kind(StrEnum):
    WORK = "work"
    SCHOOL = "school"


def visit(url="https://wallet.example/x", form=(), method="POST"):
    return Visit(method=method, url=url, form=form, language=Language.NL, desk=None, renderer=None)


def read(handler, in_path=(), *, given=None, **of_visit):
    return read_signature(handler, in_path, skip=1).values(visit(**of_visit), given or {})


def refusal(handler, in_path=(), *, given=None, **of_visit):
    with pytest.raises(MalformedRequest) as caught:
        read(handler, in_path, given=given, **of_visit)
    return caught.value.details["field"], caught.value.details["rule"]


def field(name, *values):
    return {"form": [(name, value) for value in values]}


def words(visit, q: Annotated[str, Query(max_length=3)] = "all"): ...
def typed(visit, text: Annotated[str, Form(max_length=3)] = "none"): ...
def needed(visit, iri: Annotated[str, Query(max_length=3)]): ...
def number(visit, days: Annotated[int, Form(ge=1, le=30)] = 7): ...
def answered(visit, fits: Annotated[int | None, Form()] = None): ...
def gone(visit, gone: Annotated[bool, Query()] = False): ...
def several(
    visit, skill: Annotated[list[Annotated[str, Form(max_length=3)]] | None, Form(max_length=2)] = None
): ...
def places(visit, keep: Annotated[list[int] | None, Form(max_length=2)] = None): ...
def sorts(visit, kind: Annotated[list[Kind] | None, Form()] = None): ...
def sort(visit, kind: Kind = Kind.WORK): ...
def data(visit, file: Annotated[bytes, File()] = b"none"): ...
def named(visit, file: Annotated[Upload, File()]): ...
def pictures(visit, picture: Annotated[list[bytes] | None, File(max_length=2)] = None): ...
def aliased(visit, five: Annotated[int | None, Form(alias="five-years")] = None): ...
def part(visit, record: str, number: int): ...


@pytest.mark.parametrize(
    ("handler", "sent", "expected"),
    [
        (words, {}, {"q": "all"}),
        (words, {"url": "https://wallet.example/x?q=abc"}, {"q": "abc"}),
        (words, {"url": "https://wallet.example/x?q="}, {"q": ""}),
        (words, {"url": "https://wallet.example/x?q=one&q=two"}, {"q": "two"}),
        (words, {"url": "https://wallet.example/x?q=%E2%82%AC+b"}, {"q": "€ b"}),
        (words, field("q", "abc"), {"q": "all"}),
        (typed, {}, {"text": "none"}),
        (typed, field("text", "abc"), {"text": "abc"}),
        (typed, field("text", ""), {"text": "none"}),
        (typed, field("text", "one", "two"), {"text": "two"}),
        (needed, {"url": "https://wallet.example/x?iri="}, {"iri": ""}),
        (number, field("days", ""), {"days": 7}),
        (number, field("days", "1"), {"days": 1}),
        (number, field("days", " 30 "), {"days": 30}),
        (answered, {}, {"fits": None}),
        (answered, field("fits", "-5"), {"fits": -5}),
        (gone, {"url": "https://wallet.example/x?gone=true"}, {"gone": True}),
        (gone, {"url": "https://wallet.example/x?gone=0"}, {"gone": False}),
        (several, {}, {"skill": None}),
        (several, field("skill", "a", "b"), {"skill": ["a", "b"]}),
        (several, field("skill", ""), {"skill": [""]}),
        (places, field("keep", "0", "12"), {"keep": [0, 12]}),
        (sorts, field("kind", "school", "work"), {"kind": [Kind.SCHOOL, Kind.WORK]}),
        (sort, {"url": "https://wallet.example/x?kind=school"}, {"kind": Kind.SCHOOL}),
        (data, {}, {"file": b"none"}),
        (data, field("file", Upload("", b"")), {"file": b""}),
        (data, field("file", Upload("a.png", b"1")), {"file": b"1"}),
        (named, field("file", Upload("a.png", b"1")), {"file": Upload("a.png", b"1")}),
        (pictures, field("picture", Upload("a", b"1"), Upload("b", b"2")), {"picture": [b"1", b"2"]}),
        (aliased, field("five-years", "4"), {"five": 4}),
    ],
)  # fmt: skip
def test_a_parameter_is_what_was_sent_or_its_default(handler, sent, expected):
    assert read(handler, **sent) == expected


@pytest.mark.parametrize(
    ("handler", "sent", "refused"),
    [
        (words, {"url": "https://wallet.example/x?q=abcd"}, ("query/q", "string_too_long")),
        (typed, field("text", "abcd"), ("body/text", "string_too_long")),
        (typed, field("text", Upload("a", b"abc")), ("body/text", "string_type")),
        (needed, {}, ("query/iri", "missing")),
        (number, field("days", "0"), ("body/days", "greater_than_equal")),
        (number, field("days", "31"), ("body/days", "less_than_equal")),
        (number, field("days", "soon"), ("body/days", "int_parsing")),
        (number, field("days", "1.5"), ("body/days", "int_parsing")),
        (number, field("days", "٣"), ("body/days", "int_parsing")),
        (number, field("days", "9" * 5_000), ("body/days", "int_parsing")),
        (gone, {"url": "https://wallet.example/x?gone=perhaps"}, ("query/gone", "bool_parsing")),
        (several, field("skill", "a", "b", "c"), ("body/skill", "too_long")),
        (several, field("skill", "a", "abcd"), ("body/skill", "string_too_long")),
        (places, field("keep", "1", ""), ("body/keep", "int_parsing")),
        (sorts, field("kind", "work", "play"), ("body/kind", "enum")),
        (sort, {"url": "https://wallet.example/x?kind=play"}, ("query/kind", "enum")),
        (data, field("file", "text"), ("body/file", "file_type")),
        (named, {}, ("body/file", "missing")),
        (pictures, field("picture", *[Upload("a", b"1")] * 3), ("body/picture", "too_long")),
    ],
)
def test_what_breaks_a_bound_is_refused_without_saying_what_was_sent(handler, sent, refused):
    assert refusal(handler, **sent) == refused


def test_a_part_of_the_path_is_read_by_its_name_and_kind():
    assert read(part, ("record", "number"), given={"record": "r", "number": "3"}) == {
        "record": "r",
        "number": 3,
    }
    assert refusal(part, ("record", "number"), given={"record": "r", "number": "x"}) == (
        "path/number",
        "int_parsing",
    )


def test_one_function_gathers_the_fields_of_several_forms():
    def gather(*, a: Annotated[str, Form(max_length=3)] = "", b: Annotated[str, Form()] = ""):
        return (a, b)

    def handler(
        visit, both: Annotated[tuple[str, str], Gathered(gather)], c: Annotated[str, Form()] = ""
    ): ...

    assert read(handler, form=[("a", "1"), ("b", "2"), ("c", "3")]) == {"both": ("1", "2"), "c": "3"}
    assert refusal(handler, **field("a", "abcd")) == ("body/a", "string_too_long")


def test_a_handler_can_not_ask_for_what_no_request_has():
    def handler(visit, when: float = 0.0): ...

    with pytest.raises(TypeError):
        read_signature(handler, skip=1)


def routers():
    router = Router(prefix="/things")

    @router.get("/new")
    def get_new(visit): ...

    @router.get("/{record}")
    def get_one(visit, record: str): ...

    @router.post("/{record}")
    def post_one(visit, record: str): ...

    @router.get("/{record}/{number}.png", guard=Guard.PAGE_ITSELF)
    def get_picture(visit, record: str, number: int): ...

    return [Router(), router]


@pytest.mark.parametrize(
    ("method", "path", "handler"),
    [
        ("GET", "/things/new", "get_new"),
        ("GET", "/things/7", "get_one"),
        ("POST", "/things/new", "post_one"),
        ("GET", "/things/7/2.png", "get_picture"),
    ],
)
def test_the_first_route_of_the_path_and_the_method_answers(method, path, handler):
    assert find(routers(), method, path).handler.__name__ == handler


@pytest.mark.parametrize(
    "path", ["/", "/things", "/things/", "/things/7/", "/things/7/2xpng", "/things/a/b/c"]
)
def test_a_path_that_no_route_has_is_not_found(path):
    with pytest.raises(NotFound):
        find(routers(), "GET", path)


def test_a_method_that_a_path_does_not_have_is_said_to_be_that():
    with pytest.raises(MethodNotAllowed):
        find(routers(), "DELETE", "/things/7")


def test_who_names_no_guard_gets_the_strictest():
    assert find(routers(), "GET", "/things/new").guard is Guard.PERSON


def test_a_path_is_read_as_browsers_write_it():
    one = visit("https://wallet.example/a%2Fb/c%20d?x=1&y=&x=2#end")
    assert (one.path, one.query) == ("/a/b/c d", [("x", "1"), ("y", ""), ("x", "2")])
    assert visit("https://wallet.example").path == "/"


def test_an_answer_says_where_it_leads():
    assert redirect("/a b?c=é").location == "/a%20b?c=%C3%A9"
    assert (redirect("/").status, redirect("/").html, nothing().status) == (303, "", 204)
    assert Answer(headers={"Refresh": "61; url=/idle"}).refresh == (61, "/idle")
    assert Answer(headers={"Refresh": "1"}).refresh == (1, "")
    assert (Answer().refresh, Answer().location, as_file(b"1", "image/png").html) == (None, None, "")


def test_a_form_whose_fields_are_named_by_data_is_read_whole_within_a_bound():
    assert visit(form=[("a", "1"), ("b", ""), ("a", "2")]).fields(most=3) == {"a": "2", "b": ""}
    for refused in ([("a", "1")] * 4, [("a", Upload("a", b"1"))]):
        with pytest.raises(MalformedRequest):
            visit(form=refused).fields(most=3)
