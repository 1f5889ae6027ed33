"""How an organisation looks in somebody's wallet: names, logo, colours (OpenID4VCI 1.0, section 12.2.4)."""

from typing import Annotated, Self

from beanie import Document
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from issuer.limits import NAME
from passport.openid4vc import Display, Logo
from passport.openid4vc.display import check_colour, check_picture

LANGUAGES = ("nl", "en")
Name = Annotated[str, Field(min_length=1, max_length=NAME)]


def _picture(uri: str) -> str:
    if check_picture(uri) is None:
        raise ValueError
    return uri


def _colour(text: str) -> str:
    if check_colour(text) is None:
        raise ValueError
    return text


Colour = Annotated[str, AfterValidator(_colour)]


class Look(BaseModel):
    """What wallets show. What is left out, they choose themselves."""

    model_config = ConfigDict(extra="forbid")

    name_nl: Name | None = None
    name_en: Name | None = None
    logo: Annotated[str, AfterValidator(_picture)] | None = None
    """An https address, or the picture itself as `data:image/png;base64,…`, 64 KiB at most."""
    logo_alt: Name | None = None
    """What the picture shows, for who can't see it."""
    background_color: Colour | None = None
    """As `#12107c`."""
    text_color: Colour | None = None

    @model_validator(mode="after")
    def _described(self) -> Self:
        if self.logo_alt is not None and self.logo is None:
            raise ValueError
        return self

    @property
    def logo_shown(self) -> Logo | None:
        return None if self.logo is None else Logo(self.logo, self.logo_alt)

    def display(self, name: str) -> tuple[Display, ...]:
        """The organisation in each language, its full name where it has no other."""
        names = {"nl": self.name_nl, "en": self.name_en}
        return tuple(Display(names[each] or name, each, self.logo_shown) for each in LANGUAGES)


class Appearance(Document):
    """`id` is the organisation's short name."""

    id: str  # type: ignore[assignment]
    chosen: Look

    class Settings:
        name = "appearances"


async def appearance_of(slug: str) -> Look:
    """What the organisation chose; nothing, if it did not."""
    found = await Appearance.get(slug)
    return Look() if found is None else found.chosen


async def set_appearance(slug: str, body: Look) -> None:
    await Appearance(id=slug, chosen=body).save()
