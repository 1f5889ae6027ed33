"""A service's settings from its environment, refused in one sentence that names the setting."""

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsError

from passport.errors.web import SettingUnusable

SettingsOf = TypeVar("SettingsOf", bound=BaseSettings)


def read_settings(kind: type[SettingsOf], **given: Any) -> SettingsOf:
    """The settings of one kind; `given` goes before the environment.

    Raises:
        SettingUnusable: a value that this setting can't have; the value itself is not repeated.
        PassportError: what the settings' own rules raise.
    """
    prefix = kind.model_config.get("env_prefix", "")
    try:
        return kind(**given)
    except ValidationError as error:
        location = error.errors(include_input=False, include_context=False, include_url=False)[0]["loc"]
        raise SettingUnusable(name=f"{prefix}{location[0] if location else ''}".upper()) from None
    except SettingsError:
        raise SettingUnusable from None
