"""Whatever stands in an address or a form: a page gets what its signature says, or the request is malformed."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from passport.errors.web import MalformedRequest
from passport.texts import Language
from wallet.pages.parameters import Place
from wallet.pages.table import ROUTERS
from wallet.pages.visit import Upload, Visit

ROUTES = [route for router in ROUTERS for route in router.routes]
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "0", "-1", "1e9", "true", "٣", "nan", "9" * 40, "\x00", "x" * 5_000]),
)
uploads = st.builds(Upload, st.text(max_size=10), st.binary(max_size=20))


def places(signature):
    """Names and places of everything that a handler asks for."""
    found = [(each.sent_as, each.place) for each in signature.parameters]
    return found + [one for _, inner in signature.gathered.values() for one in places(inner)]


@given(st.sampled_from(ROUTES), st.data())
def test_a_page_gets_what_it_asks_for_or_nothing(route, data):
    asked = places(route.signature)
    names = st.sampled_from([name for name, _ in asked] or ["other"]) | st.text(max_size=8)
    query = data.draw(st.lists(st.tuples(names, texts), max_size=6))
    form = data.draw(st.lists(st.tuples(names, texts | uploads), max_size=6))
    in_path = {name: data.draw(texts) for name, place in asked if place is Place.PATH}
    url = "https://wallet.example/x?" + urlencode(query, errors="replace")
    visit = Visit(method=route.method, url=url, form=form, language=Language.NL, desk=None, renderer=None)
    try:
        values, refused = route.signature.values(visit, in_path), None
    except MalformedRequest as error:
        values, refused = {}, error.details
    if refused is None:
        assert set(values) == {each.name for each in route.signature.parameters} | set(
            route.signature.gathered
        )
    else:
        assert set(refused) == {"field", "rule"}
        assert refused["field"].partition("/")[2] in {name for name, _ in asked}
