"""A refusal of the command line is in the language of the command, whichever room it comes from."""

import pytest

from matching.errors import UnknownOccupation, WhichOccupation
from passport.cli.speaking import refusal
from passport.errors import MalformedJson
from passport.terminal import language_of
from passport.texts import Language
from tests.simulators.warm import ran
from verifier.errors import NoSuchProfile
from wallet.host.errors import HostFull

EN, NL = Language.EN, Language.NL


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        (["match", "-l", "nl"], {}, NL),
        (["match", "-lnl"], {}, NL),
        (["match", "--language=nl"], {}, NL),
        (["match", "--language", "en"], {"PASSPORT_LANGUAGE": "nl"}, EN),
        (["match"], {"PASSPORT_LANGUAGE": "nl"}, NL),
        (["match"], {"LANG": "nl_NL.UTF-8"}, NL),
        (["match", "-l"], {}, EN),
        (["match", "-l", "xx"], {}, EN),
        (["match"], {}, EN),
    ],
)
def test_the_language_is_what_the_words_say_or_the_terminal(words, environment, language):
    assert language_of(words, environment) is language


@pytest.mark.parametrize("error", [UnknownOccupation(), MalformedJson(), NoSuchProfile(), HostFull()])
def test_every_room_refuses_in_both_languages(error):
    assert refusal(error, EN) == error.sentence
    assert refusal(error, NL) not in {error.sentence, error.code, ""}


def test_what_comes_close_is_named_in_both_languages():
    error = WhichOccupation(near="lasser")
    assert all("lasser" in refusal(error, language) for language in Language)


def test_a_command_refuses_in_dutch(tmp_path):
    done = ran("match", "--occupation", "qqqqqqqq", "-l", "nl")
    assert done.returncode == 1
    assert done.stderr.strip() == refusal(UnknownOccupation(), NL)
    nobody = ran("wallet", "intake", "show", "-l", "nl", "--wallet", tmp_path)
    assert nobody.stderr.startswith("Er is niemand om de wachtzin te typen.")
