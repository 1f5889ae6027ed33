"""Form: how a credential is secured, by the names of OpenID4VCI 1.0 (appendix A)."""

from enum import StrEnum


class Form(StrEnum):
    """What is decided by the payload, not by the label that somebody put on it."""

    LDP_VC = "ldp_vc"
    """JSON with a Data Integrity proof in it."""
    JWT_VC = "jwt_vc_json"
    """A signed token, the credential as its payload (VC-JOSE-COSE, section 3.1)."""
    VC_SD_JWT = "vc+sd-jwt"
    """The same with parts that the holder shows or keeps (VC-JOSE-COSE, section 3.2)."""
    DC_SD_JWT = "dc+sd-jwt"
    """An SD-JWT VC: claims and a `vct` instead of JSON-LD (SD-JWT-based Verifiable Credentials)."""
