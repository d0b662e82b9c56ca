import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';

/** Vite's manifest.json: each source or shared chunk with what it was built into and what it imports. */
export type Manifest = Record<
  string,
  { file: string; css?: string[]; assets?: string[]; imports?: string[]; dynamicImports?: string[] }
>;

/** The files that a page loads before it does anything: its entry and what that imports statically. */
export const firstLoad = (manifest: Manifest, page: string): string[] => filesFrom(manifest, page, false);

/** Every file that a page can come to load. */
export const reachable = (manifest: Manifest, page: string): string[] => filesFrom(manifest, page, true);

function filesFrom(manifest: Manifest, page: string, later: boolean): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(later ? (chunk.assets ?? []) : [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(later ? (chunk.dynamicImports ?? []) : [])]) visit(next);
  };
  visit(page);
  return [...files];
}

/** The names of the operations and fragments in a folder's documents. */
export function operationNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return globSync('**/*.graphql', { cwd: folder }).flatMap((file) =>
    parse(readFileSync(join(folder, file), 'utf8')).definitions.flatMap((definition) =>
      (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION) && definition.name
        ? [definition.name.value]
        : [],
    ),
  );
}
