"""The wallet's commands speak as the terminal does, and English where that isn't Dutch."""

import pytest

from passport.terminal import language_of_the_terminal
from passport.texts import Language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.EN),
        ({"LANG": "nl_NL.UTF-8"}, Language.NL),
        ({"LANG": "C.UTF-8"}, Language.EN),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_BE"}, Language.NL),
        ({"LC_ALL": "", "LANG": "nl"}, Language.NL),
    ],
)
def test_the_variable_that_counts_first_decides(environment, language):
    assert language_of_the_terminal(environment) is language
