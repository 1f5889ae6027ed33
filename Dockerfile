# One image for issuer, verifier and wallet site; docker-compose.yml says which one runs.
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

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data passport
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER passport
WORKDIR /data
VOLUME /data
ENTRYPOINT ["passport"]
CMD ["--help"]
