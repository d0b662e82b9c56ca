import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';

const entries: Record<string, string> = { '/officer': 'officer/index.html', '/admin': 'admin/index.html' };

/** Serves the built pages: assets by their hashed names for a year, each surface's HTML for its addresses, never cached. */
export async function servePages(app: FastifyInstance, directory: string): Promise<void> {
  // The directory alone: npm start builds the pages while the server starts.
  if (!existsSync(directory)) return;
  await app.register(fastifyStatic, {
    root: directory,
    index: false,
    wildcard: true,
    preCompressed: true,
    // The build's own notes lie in a folder that begins with a dot.
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const [prefix, file] of Object.entries(entries)) {
    for (const url of [prefix, `${prefix}/*`]) app.get(url, (request, reply) => sendPage(request.url, reply, file));
  }
  for (const url of ['/', '/pass', '/khai-bao']) app.get(url, (_, reply) => reply.sendFile('index.html'));
}

/** A file of the surface where the address names one, else its page: the surface's router reads the address itself. */
function sendPage(url: string, reply: import('fastify').FastifyReply, page: string) {
  const path = url.split('?')[0] ?? '';
  return /\.\w+$/.test(path) ? reply.sendFile(path.slice(1)) : reply.sendFile(page);
}
