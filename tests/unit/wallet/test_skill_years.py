"""The picture of skills over the years gives each row the dates of what it is named after, and no others."""

from datetime import UTC, datetime

from passport.texts import Language
from tests.simulators.wallets import Person
from wallet.core.profile_skills import PersonProfile, SkillSource, SourceKind, together
from wallet.views.rendering import Renderer
from wallet.views.skill_years import skill_years


def test_a_school_without_dates_gets_none_of_past_work_and_its_skills_are_counted_once():
    wallet, used = Person().wallet, datetime(2012, 12, 31, tzinfo=UTC)

    def known(number, *sources):
        return together(tuple(source(f"urn:{number}") for source in sources), wallet.now())

    def work(skill):
        return SkillSource(skill, skill, SourceKind.DERIVED, "welder", weight=0.5, at=used, record="past")

    def school(skill):
        return SkillSource(skill, skill, SourceKind.CREDENTIAL, "A school")

    person = PersonProfile(
        (
            *(known(number, work) for number in range(10)),
            *(known(number, school, work) for number in range(10, 14)),
            *(known(number, school) for number in range(14, 17)),
        )
    )
    rows = skill_years(
        Renderer(stylesheet=""), Language.EN, wallet, person, {one.skill: one.label for one in person.skills}
    )
    assert {row.label: (row.dates, row.count) for row in rows} == {
        "welder (14)": ((used,), 14),
        "A school (3)": ((), 3),
    }
