"""What programs send: employers, profiles, requests."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from passport.evidence import Demand, Purpose, Strength
from passport.evidence.demand import MOST_DEMANDS
from passport.trust import Recognition
from passport.web.body import Body, Moment
from verifier.openid4vp_asking import Prefix
from verifier.profiles import Draft

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")]
Name = Annotated[str, Field(min_length=1, max_length=300)]


class CamelBody(Body):
    model_config = ConfigDict(alias_generator=to_camel)


class NewEmployer(Body):
    slug: Slug
    """Its short name in addresses and in its DID."""
    name: Name


class NewDemand(CamelBody):
    """One skill that is asked for, as a function profile has it."""

    skill: str
    label: Name
    required: bool = True
    level: int | None = None
    minimum_strength: Strength = Strength.SOFT
    maximum_age_months: int | None = None
    accepted_recognitions: Annotated[list[Recognition], Field(default_factory=list)]
    accepted_issuers: Annotated[list[str], Field(default_factory=list)]
    records_shown: bool = False
    labels: dict[str, Name] | None = None
    """The label by language: en, nl."""

    def demand(self) -> Demand:
        return Demand(
            skill=self.skill,
            label=self.label,
            required=self.required,
            level=self.level,
            minimum_strength=self.minimum_strength,
            maximum_age_months=self.maximum_age_months,
            accepted_recognitions=frozenset(self.accepted_recognitions),
            accepted_issuers=frozenset(self.accepted_issuers),
            records_shown=self.records_shown,
            labels=self.labels or {},
        )


class NewProfile(CamelBody):
    """A function profile before it is signed; the service adds publisher, version, dates and proof."""

    key: Key
    name: dict[str, Name]
    """By language: en, nl."""
    purpose: Purpose = Purpose.LABOUR_MARKET
    taxonomy: Name = "ESCO 1.1.1"
    occupation: str | None = None
    valid_until: Moment | None = None
    demands: Annotated[list[NewDemand], Field(min_length=1, max_length=MOST_DEMANDS)]
    publish_with_errors: bool = False
    """Publish it although the findings say that nobody can meet it."""

    def draft(self) -> Draft:
        return Draft(
            key=self.key,
            name=self.name,
            purpose=self.purpose,
            taxonomy=self.taxonomy,
            occupation=self.occupation,
            demands=[each.demand() for each in self.demands],
            valid_until=self.valid_until,
        )


class NewTransaction(CamelBody):
    """A request over OpenID4VP."""

    profile: Key
    version: Annotated[int, Field(ge=1)] | None = None
    client_id_prefix: Prefix | None = None
    """Who says that it asks; by default what is usual here."""
    response_mode: Literal["direct_post", "direct_post.jwt"] = "direct_post.jwt"
    redirect_uri: Annotated[str, Field(max_length=2_048)] | None = None
    """Where a wallet on the same device sends the browser back to."""
    dcql_query: dict[str, Any] | None = None
    """What to ask instead of the profile's skills; the profile decides about what is shown all the same."""


class Collected(CamelBody):
    response_code: Annotated[str, Field(min_length=1, max_length=64)]


class NewRequest(Body):
    profile: Key
    version: Annotated[int, Field(ge=1)] | None = None
