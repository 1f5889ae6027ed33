"""A credential as a file to hand over: on paper, as a picture, as a page, or as it was signed."""

import asyncio
from typing import Any

from issuer.issuance.forms import IssuedForm
from issuer.issuance.issue import deliver
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import unsigned_of
from issuer.organisations.records import Organisation
from issuer.pictures.manage import chosen_picture
from issuer.service import Service
from passport.certificate import file_stem
from passport.json import parse_object
from passport.paper import SaveAs, Saved, save_as
from passport.texts import Language

_SOURCES = {
    SaveAs.JSON: IssuedForm.LDP_VC,
    SaveAs.JWT: IssuedForm.JWT_VC,
    SaveAs.SD_JWT: IssuedForm.VC_SD_JWT,
}


async def saved(
    service: Service,
    issuance: Issuance,
    organisation: Organisation,
    kind: SaveAs,
    language: Language,
    *,
    form: IssuedForm | None = None,
) -> Saved:
    """Write the file; what it carries is signed the first time that somebody asks.

    `form` is the one that a picture, a page or a PDF carries: JSON unless it is the token.

    Raises:
        CredentialNotForPictures: of the forms, these two alone may be passed on in such a file.
    """
    carried = _SOURCES.get(kind) or form or IssuedForm.LDP_VC
    source = await deliver(service, issuance, organisation, carried)
    picture = await chosen_picture(issuance.achievement)
    name = stem_of(service, issuance)
    return await asyncio.to_thread(save_as, kind, source, language, name=name, picture=picture)


def stem_of(service: Service, issuance: Issuance) -> str:
    """The name of its files, after the badge."""
    badge: Any = parse_object(unsigned_of(service.master, issuance))
    return file_stem(badge["credentialSubject"]["achievement"]["name"], issuance.id)
