"""What a request says about a new achievement, in the words of Open Badges 3.0 (B.1.1, B.1.3)."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from issuer.limits import NAME
from passport import limits
from passport.json import JsonObject
from passport.web import Body

Name = Annotated[str, Field(min_length=1, max_length=NAME)]
Text = Annotated[str, Field(min_length=1, max_length=limits.CREDENTIAL.string)]
Iri = Annotated[str, Field(min_length=1, max_length=2_048)]


class Ob3(Body):
    """Members are named as Open Badges names them: targetUrl, not target_url."""

    model_config = ConfigDict(alias_generator=to_camel)

    def members(self) -> JsonObject:
        """The members that were said, as JSON."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Criteria(Ob3):
    narrative: Text
    id: Iri | None = None


class NewAlignment(Ob3):
    """A skill: `targetUrl` is the IRI of the taxonomy's entry."""

    target_url: Iri
    target_name: Name
    target_framework: Name | None = None
    target_type: Name | None = None
    target_code: Name | None = None


class NewLevel(Ob3):
    name: Name
    level: Name | None = None
    description: Text | None = None


class NewResultDescription(Ob3):
    name: Name
    result_type: Name
    allowed_value: Annotated[list[Name], Field(max_length=64)] | None = None
    required_value: Name | None = None
    rubric_criterion_level: Annotated[list[NewLevel], Field(max_length=64)] | None = None
    alignment: Annotated[list[NewAlignment], Field(max_length=128)] | None = None
    """The skills that this result speaks of; without, all of the achievement's."""


class NewAchievement(Ob3):
    name: Name
    description: Text
    criteria: Criteria
    achievement_type: Name | None = None
    human_code: Name | None = None
    in_language: Annotated[str, Field(max_length=16)] | None = None
    tag: Annotated[list[Name], Field(max_length=limits.DOCUMENT.tags)] | None = None
    alignment: Annotated[list[NewAlignment], Field(max_length=128)] | None = None
    result_description: Annotated[list[NewResultDescription], Field(max_length=32)] | None = None
    suspendable: bool = False
    """Ours, not Open Badges': whether its credentials can be suspended. That takes a second status entry, and
    the badge's own JSON Schema wants exactly one, so it is off unless it is asked for."""
