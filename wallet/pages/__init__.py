"""The wallet's pages, for any host: what an address shows, which fields a form has, what is done with them.

A handler gets a `Visit` and gives an `Answer`; it knows no web framework, no socket and no file.

    routing     Router, Route, Guard: addresses and their handlers; `find`, `admit`
    parameters  what a handler asks of a request, read from its signature
    visit       Visit, Upload: one request, with the wallet's desk and the renderer of pages
    answer      Answer: status, body, media type, headers; `redirect`, `as_file`, `nothing`
    table       ROUTERS: every page
    dispatch    `answer(visit, ROUTERS)`: for a host without a web framework

A host does this much:

1. It makes a desk: `wallet.desk.desk.Desk` (or a class of its own under it), with its ports
   (`wallet.desk.ports`): the keeper of the vault, and the way to the network.
2. It makes a renderer, once: `Renderer(stylesheet=…, local=…)` of `wallet.views.rendering`.
3. For each request it makes a visit:

       visit = Visit(method="POST", url="https://wallet.example/stored", form=[("id", "…")],
                     language=Language.NL, desk=desk, renderer=renderer)

   `url` is the whole address as the pages name it, so that its path is one of a route: a host that serves
   them below a folder takes that off first. `form` has the fields and files of a form in their order, files
   as `Upload(name, data)`: of a form sent as `application/x-www-form-urlencoded` or as
   `multipart/form-data`, it makes no difference. A form that is larger than `wallet.core.limits` lets in is
   the host's to refuse.
4. It hands it over, `found = answer(visit, ROUTERS)`, and sends what comes back: `found.status`,
   `found.body`, `found.media_type`, and of `found.headers` what it can: `Location` (`found.location`;
   go there with GET), `Refresh` (`found.refresh`; go there after so many seconds, to the same page where the
   address is empty), `Content-Disposition` (a file to be saved), `Content-Language`. 204 leaves the page as
   it is.
5. `?lang=` in an address is the choice of another language; the host reads it, and remembers it.

Forged forms, other sites, other people's sessions are the host's to keep out before all of this, as
`Guard` says for each route: `wallet.desktop.session` does it on a desktop.
"""
