import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import vue from 'eslint-plugin-vue';
import accessibility from 'eslint-plugin-vuejs-accessibility';
import tseslint from 'typescript-eslint';
import { apiBans, entityBans, pageBans, testBans } from './scripts/lint/bans.ts';
import { noBuiltSql } from './scripts/lint/no-built-sql.ts';

const typed = ['{api,admin-ui,scripts}/**/*.ts', 'admin-ui/**/*.vue', '*.ts'];
const tests = ['**/*.test.ts', 'api/test/**/*.ts', 'admin-ui/test/**/*.ts', 'api/bench/**/*.ts', 'scripts/**/*.ts'];
const restrict = (bans) => ({ 'no-restricted-syntax': ['error', ...bans] });

export default defineConfig(
  globalIgnores(['**/dist/', 'admin-ui/src/gql/', '.dependency-cruiser/fixture/', '.data/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typed,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig.json',
          'admin-ui/tsconfig.json',
          'admin-ui/tsconfig.worker.json',
          'admin-ui/test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      eqeqeq: ['error', 'smart'],
      'no-debugger': 'error',
      'no-eval': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A method may be async because its interface is.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['api/src/**/*.ts'],
    plugins: { cordon: { rules: { 'no-built-sql': noBuiltSql } } },
    rules: { 'cordon/no-built-sql': 'error', 'no-console': 'error', ...restrict(apiBans) },
  },
  { files: ['api/src/**/*.entity.ts'], rules: restrict(entityBans) },
  // Commands, and what runs before there is a logger.
  { files: ['api/src/*.ts'], rules: { 'no-console': ['error', { allow: ['error', 'log'] }] } },
  {
    files: ['admin-ui/**/*.vue'],
    extends: [vue.configs['flat/recommended'], accessibility.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      ...vue.configs['no-layout-rules'].rules,
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/max-lines-per-block': ['error', { script: 150, template: 150, skipBlankLines: true }],
      'vue/multi-word-component-names': 'off',
      // Types say which may be missing.
      'vue/require-default-prop': 'off',
      // A form's parts write into the draft they are given.
      'vue/no-mutating-props': ['error', { shallowOnly: true }],
      'vue/no-v-html': 'error',
      // In a dialog, autofocus is how HTML says where the focus goes.
      'vuejs-accessibility/no-autofocus': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['admin-ui/src/**/*.{ts,vue}'],
    rules: {
      // Vue and the DOM take async listeners.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      ...restrict(pageBans),
    },
  },
  {
    files: tests,
    rules: {
      'no-console': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // expect.any() and its kind are any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      ...restrict(testBans),
    },
  },
  // Here the forbidden words are named.
  { files: ['scripts/lint/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['admin-ui/src/**/*.graphql'],
    plugins: { '@graphql-eslint': graphqlPlugin },
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig: { schema: 'schema.graphql', documents: 'admin-ui/src/**/*.graphql' } },
    },
    rules: {
      ...graphqlPlugin.configs['flat/operations-recommended'].rules,
      // The server's own limit on depth; a unit's parents make documents deep.
      '@graphql-eslint/selection-set-depth': ['error', { maxDepth: 10 }],
    },
  },
);
