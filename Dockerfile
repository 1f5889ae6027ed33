# One image for issuer, verifier and wallet site; docker-compose.yml says which one runs.
FROM node:20-slim AS node

FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY contexts contexts
COPY passport passport
COPY matching matching
COPY issuer issuer
COPY verifier verifier
COPY wallet wallet
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .
# The wallet for phones: static files from our own sources and the npm packages of wallet/phone/web/package-lock.json.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && /venv/bin/passport wallet site build --out /phone

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data passport
COPY --from=build /venv /venv
COPY --from=build /phone /srv/phone
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER passport
WORKDIR /data
VOLUME /data
ENTRYPOINT ["passport"]
CMD ["--help"]
