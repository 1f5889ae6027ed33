"""What every service of ours does the same at its HTTP door: refuse well, say little, look calm."""

from passport.web.app import create_app
from passport.web.body import Body, document_body, strict_body
from passport.web.environment import read_settings
from passport.web.language import language_of
from passport.web.pages import Pages
from passport.web.serve import serve
from passport.web.settings import WebSettings

__all__ = [
    "Body",
    "Pages",
    "WebSettings",
    "create_app",
    "document_body",
    "language_of",
    "read_settings",
    "serve",
    "strict_body",
]
