"""Which forms of what is offered the wallet takes: one to read, others to show a part of."""

from collections.abc import Sequence
from dataclasses import dataclass

from passport.credentials import Form
from passport.openid4vc import CredentialConfiguration
from wallet.core.forms import FormName, preferred


@dataclass(frozen=True, slots=True)
class Wanted:
    """One credential that is offered: the form to read, and those that help to show less of it."""

    first: CredentialConfiguration
    helping: tuple[CredentialConfiguration, ...]


def wanted(configurations: Sequence[CredentialConfiguration]) -> tuple[Wanted, ...]:
    """Sort what is offered by credential, and choose the forms.

    Nothing says which configurations are forms of one credential. Those with one name are taken to be, as
    long as no form comes twice; whether they say the same is seen when they are there.
    """
    groups: list[dict[FormName, CredentialConfiguration]] = []
    for offered in configurations:
        name = _name(offered)
        group = next((each for each in groups if _fits(each, name, offered.name)), None)
        if group is None:
            groups.append({name: offered})
        else:
            group[name] = offered
    return tuple(map(_choose, groups))


def _fits(group: dict[FormName, CredentialConfiguration], name: FormName, called: str) -> bool:
    return name not in group and all(each.name == called for each in group.values())


def _choose(group: dict[FormName, CredentialConfiguration]) -> Wanted:
    """The European form shows parts no better than vc+sd-jwt, so it is taken where that is missing."""
    first = min(group, key=preferred)
    token = FormName.VC_SD_JWT if FormName.VC_SD_JWT in group else FormName.DC_SD_JWT
    helping = [name for name in (FormName.ECDSA_SD, token) if name in group and name is not first]
    return Wanted(group[first], tuple(group[name] for name in helping))


def _name(offered: CredentialConfiguration) -> FormName:
    if offered.form is Form.LDP_VC:
        selective = offered.signing_algorithms == ("ecdsa-sd-2023",)
        return FormName.ECDSA_SD if selective else FormName.LDP_VC
    return FormName(offered.form.value)
