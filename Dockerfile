# Comitia, for the web server and the worker alike. Nothing runs as root, nothing is fetched at start.

FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/comitia
COPY requirements-bootstrap.lock requirements.lock ./
RUN python -m venv .venv
RUN .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-bootstrap.lock
RUN .venv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock
COPY . .
RUN .venv/bin/python scripts/translations.py compile
RUN .venv/bin/python -m compileall -q kernel network missions training wsgi.py
RUN rm -rf tests benchmarks docs .ci

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 COMITIA_BIND=0.0.0.0:8000
RUN useradd --system --uid 10001 --home-dir /srv/comitia comitia
COPY --from=build /srv/comitia /srv/comitia
RUN mkdir -p /srv/comitia/var/files
RUN chown -R comitia /srv/comitia/var
WORKDIR /srv/comitia
USER comitia
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD [".venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD [".venv/bin/gunicorn", "wsgi:make_app()"]
