"""Messages of the Open Badges API (Open Badges 3.0, sections 6 and 7, and B.2 to B.5). Pure.

A *provider* has badges of a person and gives them, a *host* keeps badges that are sent to it. OAuth 2.0
itself (registration, PKCE, tokens) is in passport.oauth.
"""
