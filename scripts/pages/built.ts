import { join } from 'node:path';
import { buildPages } from '../build-pages.mjs';

/** Makes sure that admin-ui/dist is the build of what stands in admin-ui now; answers where it is. */
export async function builtPages(root: string): Promise<string> {
  const bin = join(root, 'node_modules/.bin');
  await buildPages({ root, bin, node: process.execPath, say: console.log, signal: new AbortController().signal });
  return join(root, 'admin-ui/dist');
}
