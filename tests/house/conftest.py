"""The services' own descriptions, made once for all tests of the house."""

import warnings

import pytest

import issuer.app
import issuer.settings
import verifier.app
import verifier.settings
from passport.service_secrets import make_secrets

SERVICES = {"issuer": issuer, "verifier": verifier}


@pytest.fixture(scope="session")
def documents(tmp_path_factory):
    """The OpenAPI document of each service."""
    made = {}
    for name, service in SERVICES.items():
        settings = service.settings.Settings(data_directory=tmp_path_factory.mktemp(name))
        make_secrets({"m": settings.master_secret, "b": settings.bootstrap_secret})
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # FastAPI warns of a name that is given twice
            made[name] = service.app.create(settings).openapi()
    return made


@pytest.fixture(params=sorted(SERVICES))
def named(request, documents):
    """The name of a service and its document."""
    return request.param, documents[request.param]
