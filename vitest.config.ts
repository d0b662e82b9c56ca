import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const unit = ['{api,admin-ui}/src/**/*.test.ts', 'scripts/**/*.test.ts'];
const api = ['api/test/**/*.test.ts', '{api,admin-ui}/src/**/*.api.test.ts'];
const journeys = ['admin-ui/test/journeys/**/*.test.ts'];

// Vitest leaves one core to itself, which on two cores would run everything one by one.
const workers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  // type-graphql and MikroORM take the legacy decorators; fields must not be defined over what MikroORM puts on the
  // prototype. oxc reads neither from tsconfig.json here.
  oxc: {
    decorator: { legacy: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
  // graphql has an ESM and a CJS file, and each refuses a schema made by the other. Packages get the CJS one from Node;
  // Vite would give our files the ESM one.
  resolve: { alias: [{ find: /^graphql$/, replacement: join(import.meta.dirname, 'node_modules/graphql/index.js') }] },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: unit,
          exclude: api,
          maxWorkers: workers,
          sequence: { groupOrder: 1 },
          // Properties are tried hundreds of times, on machines that do other things besides.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: api,
          globalSetup: 'api/test/global-setup.ts',
          maxWorkers: workers,
          sequence: { groupOrder: 2 },
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: journeys,
          globalSetup: 'api/test/global-setup.ts',
          // One browser at a time, and not beside the API's tests: the journeys' times are those of a user.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
