"""A secret in the header, and which address is the registered one."""

import base64

import pytest

from passport.errors.oauth import InvalidClient
from passport.oauth.client_secret import read_basic, write_basic
from passport.oauth.redirect_uri import check_redirect_uri, is_registered


@pytest.mark.parametrize("secret", ["s3cret", "a:b c%+/=&", ""])
def test_a_secret_is_read_as_it_was_written(secret):
    assert read_basic(write_basic("a client:1", secret)) == ("a client:1", secret)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer abc",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"no colon").decode(),
        "Basic " + base64.b64encode("é:x".encode()).decode(),
        "Basic " + "A" * 4_096,
    ],
)
def test_what_is_no_secret_is_refused(header):
    with pytest.raises(InvalidClient):
        read_basic(header)


@pytest.mark.parametrize(
    ("registered", "asked", "same"),
    [
        ("https://a.example/back", "https://a.example/back", True),
        ("https://a.example/back", "https://a.example/back/", False),
        ("https://a.example/back", "https://a.example:8443/back", False),
        ("https://a.example/back", "https://b.example/back", False),
        ("http://127.0.0.1/back", "http://127.0.0.1:49152/back", True),
        ("http://127.0.0.1:1024/back", "http://127.0.0.1:49152/back", True),
        ("http://127.0.0.1:1024/back", "http://127.0.0.1:49152/other", False),
        ("http://127.0.0.1/back", "http://localhost/back", False),
        ("http://127.0.0.1/back?a=1", "http://127.0.0.1:9/back?a=2", False),
        ("org.example.app:/back", "org.example.app:/back", True),
        ("org.example.app:/back", "org.example.other:/back", False),
    ],
)
def test_an_address_is_the_registered_one_letter_by_letter_but_for_a_port_of_this_machine(
    registered, asked, same
):
    assert is_registered(check_redirect_uri(asked), [registered]) is same
