"""What a client may be allowed to do (Open Badges 3.0, section 6.2.1)."""

from enum import StrEnum

_BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
OFFLINE_ACCESS = "offline_access"
"""Also without the person, by a refresh token (section 7.1.1.2; OpenID Connect Core 1.0, section 11)."""


class BadgeScope(StrEnum):
    CREDENTIAL_READONLY = f"{_BASE}credential.readonly"
    CREDENTIAL_UPSERT = f"{_BASE}credential.upsert"
    PROFILE_READONLY = f"{_BASE}profile.readonly"
    PROFILE_UPDATE = f"{_BASE}profile.update"

    @property
    def short(self) -> str:
        """The last part of its name, as our sentences about it are called: `credential-readonly`."""
        return self.rpartition("/")[2].replace(".", "-")


DESCRIPTIONS = {
    BadgeScope.CREDENTIAL_READONLY: "Read the OpenBadgeCredentials of the person who agreed.",
    BadgeScope.CREDENTIAL_UPSERT: "Create or replace OpenBadgeCredentials of the person who agreed.",
    BadgeScope.PROFILE_READONLY: "Read the profile of the person who agreed.",
    BadgeScope.PROFILE_UPDATE: "Change the profile of the person who agreed.",
    OFFLINE_ACCESS: "Do so later as well, without the person being there.",
}
