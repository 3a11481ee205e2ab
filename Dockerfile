# One image for the API, the worker and the migration; docker-compose.yml says which one a container is.
ARG NODE=node:24.21.0-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY workflows workflows
COPY activities activities
COPY console console
RUN npm run build

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Temporal's native part comes for five platforms, 30 MB each: only this image's own stays, and is tried at once.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && platform="$(node -p "({ x64: 'x86_64', arm64: 'aarch64' })[process.arch]")-unknown-linux-gnu" \
  && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$platform" -exec rm -r {} + \
  && rm -r node_modules/@temporalio/core-bridge/sdk-core \
  && node -e "require('@temporalio/core-bridge')"

FROM ${NODE}
ENV NODE_ENV=production WORKFLOW_BUNDLE=/app/dist/workflows.bundle.js
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# Made by the base image; owns nothing under /app.
USER node
EXPOSE 3000
# Whether the process answers, not whether PostgreSQL and Temporal do (/readyz): a restart would not mend those.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The API. The worker is `node dist/src/worker.js`, the migration `node dist/src/migrate.js`.
CMD ["node", "dist/src/server.js"]
