"""A refused form again: the refusal beside its field, what was typed in place, secrets left out."""

import pytest

from passport.web.refilled import Told, refill

PAGE = """<!doctype html><h1>Work</h1>
<svg viewBox="0 0 1 1"><linearGradient id="g"></linearGradient></svg>
<details><summary>More</summary>
<form method="post" action="/step/1">
<input type="hidden" name="once" value="new">
<div class="field"><label for="name">Name</label><input id="name" name="name" autofocus aria-describedby="help"></div>
<div class="field"><label for="word">Word</label><input id="word" name="word" type="password"></div>
<textarea id="text" name="text" data-refusals="too_long">before</textarea>
<select id="kind" name="kind"><option value="a" selected>A</option><option value="b">B</option></select>
<fieldset><label class="tick"><input type="checkbox" name="own" value="yes" data-refusals="not_own"> Own</label>
<label class="tick"><input type="radio" name="how" value="1" checked> One</label>
<label class="tick"><input type="radio" name="how" value="2"> Two</label></fieldset>
<button name="do" value="go">Go</button></form></details>
<form method="post" action="/step/2"><input name="only"><button>Go</button></form>
<form method="post" action="/step/3"><input type="hidden" name="step" value="one"><input name="on"></form>
<form method="post" action="/step/3"><input type="hidden" name="step" value="two"><input name="on"></form>
<form id="apart" method="post" action="/step/4"><textarea name="text" data-refusals="*"></textarea>
<input type="file" name="file" data-refusals="*"></form><select name="kind" form="apart"><option value="a">A</option></select>
"""
TYPED = [
    ("once", "old"),
    ("name", '<b>"x"'),
    ("word", "secret"),
    ("text", "</textarea>"),
    ("kind", "b"),
    ("how", "2"),
]


def told(*about: str) -> Told:
    return Told("No & no.", frozenset(about))


def test_what_was_typed_is_in_place_and_secrets_and_hidden_values_are_not():
    page = refill(PAGE, "/step/1", TYPED, told("malformed", "name"))
    assert 'value="&lt;b&gt;&quot;x&quot;"' in page
    assert "secret" not in page
    assert 'name="once" value="new"' in page
    assert "&lt;/textarea&gt;</textarea>" in page
    assert "before" not in page
    assert '<option value="b" selected>' in page
    assert '<option value="a">A' in page
    assert '<input type="radio" name="how" value="2" checked>' in page
    assert '<input type="radio" name="how" value="1">' in page
    assert "<linearGradient" in page


@pytest.mark.parametrize(
    ("about", "before"),
    [
        (
            "name",
            '<input id="name" name="name" aria-describedby="refused help" value=',
        ),
        ("too_long", '<textarea id="text" name="text" data-refusals="too_long" aria-invalid="true"'),
        ("not_own", '<label class="tick"><input type="checkbox" name="own"'),
        ("another", '\n<input type="hidden" name="once" value="new">'),
    ],
)
def test_a_refusal_stands_before_its_field_else_on_top_of_its_form(about, before):
    page = refill(PAGE, "/step/1", TYPED, told(about))
    assert f"No &amp; no.</p>{before}" in page
    assert page.count("autofocus") == 1
    assert "<details open>" in page
    assert page.count('role="alert"') == 1


def test_the_only_field_of_a_form_is_the_one():
    page = refill(PAGE, "/step/2", [("only", "x")], told("whatever"))
    assert (
        'No &amp; no.</p><input name="only" value="x" aria-invalid="true" aria-describedby="refused"' in page
    )
    assert "<details>" in page


def test_forms_sent_to_one_address_are_told_apart_by_what_is_fixed_in_them():
    page = refill(PAGE, "/step/3", [("step", "two"), ("on", "x")], told("on"))
    assert 'value="one"><input name="on"></form>' in page
    assert 'value="two"><p ' in page


@pytest.mark.parametrize(("text", "marked"), [("words", "textarea"), ("", "textarea")])
def test_a_field_may_take_any_refusal_and_fields_may_stand_outside_their_form(text, marked):
    page = refill(PAGE, "/step/4", [("text", text), ("kind", "a")], told("whatever"))
    assert f"No &amp; no.</p><{marked}" in page
    assert '<option value="a" selected>' in page


@pytest.mark.parametrize(
    ("action", "typed"),
    [("/elsewhere", []), ("/step/2", [("only", "x"), ("other", "y")]), ("/step/1", [("own", "maybe")])],
)
def test_a_page_that_does_not_take_all_that_was_typed_is_not_shown(action, typed):
    assert refill(PAGE, action, typed, told("x")) is None
