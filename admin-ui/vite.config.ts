import vue from '@vitejs/plugin-vue';
import { join } from 'node:path';
import { defineConfig, type Connect, type Plugin } from 'vite';
import { citizenServiceWorker } from './citizen-service-worker.ts';
import { precompress } from './precompress.ts';

const root = import.meta.dirname;
// The API refuses what another site sends: the proxy leaves the page's host as it is.
const api = { target: process.env['API_URL'] ?? 'http://localhost:4000', changeOrigin: false };
const proxy = { '/graphql': { ...api, ws: true }, '/trust.json': api, '/exports': api, '/reports': api };

/** What the API does for the built pages: each surface's addresses are answered with its own page. */
function surfaces(): Plugin {
  const toPage: Connect.NextHandleFunction = (request, _, next) => {
    const path = request.url?.split('?')[0] ?? '';
    const surface = /^\/(officer|admin)(\/[^.]*)?$/.exec(path)?.[1];
    if (surface) request.url = `/${surface}/index.html`;
    else if (path === '/pass' || path === '/khai-bao') request.url = '/index.html';
    next();
  };
  return {
    name: 'cordon-surfaces',
    configureServer: (server) => void server.middlewares.use(toPage),
    configurePreviewServer: (server) => void server.middlewares.use(toPage),
  };
}

export default defineConfig({
  root,
  appType: 'mpa',
  plugins: [vue(), surfaces(), citizenServiceWorker(), precompress()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { port: 5173, fs: { allow: ['..'] }, proxy },
  preview: { port: 4173, proxy },
  build: {
    outDir: join(root, 'dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The content policy has no data: for fonts, and a file of its own is cached once for all pages.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        citizen: join(root, 'index.html'),
        officer: join(root, 'officer/index.html'),
        admin: join(root, 'admin/index.html'),
      },
    },
  },
});
