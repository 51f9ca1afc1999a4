# One image for web, worker and beat; docker-compose.yml says which. The servers are images of their own.
FROM python:3.13-slim AS build
WORKDIR /portal
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY . .
RUN .venv/bin/python -m xinyijian.assets \
    && .venv/bin/python -m xinyijian.messages compile \
    && STATIC_ROOT=/portal/staticfiles .venv/bin/python manage.py collectstatic --noinput \
    && rm -rf node_modules

FROM python:3.13-slim
RUN useradd --create-home --uid 1000 portal && mkdir /data && chown portal /data
WORKDIR /portal
COPY --from=build /portal /portal
USER portal
ENV DATA_DIR=/data STATIC_ROOT=/portal/staticfiles PATH=/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", \
     "--respawn-failed-workers", "--workers-kill-timeout", "5", "xinyijian.wsgi:application"]
