# One image for web, worker, beat and the migrate step. Base images may be replaced by the council's own mirror.
ARG NODE_IMAGE=node:22-bookworm-slim
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${NODE_IMAGE} AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY frontend frontend
RUN mkdir -p static_build/css static_build/js static_build/fonts \
 && node node_modules/sass/sass.js --load-path=node_modules --quiet-deps --style=compressed --no-source-map \
    frontend/main.scss static_build/css/app.css \
 && cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js static_build/js/ \
 && cp node_modules/@fontsource/public-sans/files/public-sans-latin-[47]00-normal.woff2 static_build/fonts/

FROM ${PYTHON_IMAGE} AS packages
ARG UV_VERSION=0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_SYSTEM_CERTS=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/venv
RUN python3 -m venv /uv && /uv/bin/pip install --no-cache-dir --disable-pip-version-check "uv==${UV_VERSION}"
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN /uv/bin/uv sync --frozen --no-cache

FROM ${PYTHON_IMAGE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 cos \
 && useradd --uid 10001 --gid cos --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin cos \
 && install -d -o cos -g cos /data /data/media
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=assets /app/static_build static_build
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    MEDIA_ROOT=/data/media \
    XDG_CACHE_HOME=/tmp
# Collecting static files needs settings but no secrets: these values are used for this one line only.
RUN SECRET_KEY=build AUDIT_KEY=build SECRETS_KEYS=build python manage.py collectstatic --noinput -v0
USER cos
EXPOSE 8000
CMD ["docker/web.sh"]
