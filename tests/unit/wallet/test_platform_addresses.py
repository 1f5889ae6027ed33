"""What a person types as the address of a badge platform: a wrong one is refused in words about platforms."""

import pytest

from passport.texts import Language
from wallet.desk.platforms import look
from wallet.desktop.desk import Desk
from wallet.desktop.settings import WalletSettings
from wallet.errors_badge_services import MalformedPlatformAddress
from wallet.views.rendering import Renderer


@pytest.fixture
def desk(tmp_path, monkeypatch):
    made = Desk(WalletSettings(tmp_path))
    monkeypatch.setattr(made.outside, "run", lambda work: pytest.fail("something was fetched"))
    return made


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "somewhere else", "badges example", "ftp://badges.example", "mailto:a@badges.example"),
        *("https://a@badges.example", "https://badges.example?x=1", "https://badges.example#x", "https://"),
        *("https://badges.example:99999", "javascript:alert(1)", "file:///etc/passwd", "x" * 5_000),
    ],
)
def test_malformed_platform_address(desk, text):
    with pytest.raises(MalformedPlatformAddress) as refused:
        look(desk, text)
    assert refused.value.code == "malformed_platform_address"
    assert not text.strip() or text not in str(refused.value)


def test_the_sentence_is_about_a_platform_in_both_languages():
    for language in Language:
        said = Renderer(stylesheet="").error(MalformedPlatformAddress(), language)
        assert "platform" in said.lower()
        assert "badges.example" in said
