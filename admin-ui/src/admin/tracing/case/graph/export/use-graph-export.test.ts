import { afterEach, expect, it, vi } from 'vitest';
import { useGraphExport, type Wanted } from './use-graph-export.ts';

const saveFile = vi.hoisted(() => vi.fn<(name: string) => void>());
vi.mock('../../../../texts.ts', () => ({ t: (key: string) => key }));
vi.mock('../../../../lists/export/file-name.ts', () => ({
  fileName: (name: string, _: unknown, kind: string) => `${name}.${kind}`,
}));
vi.mock('../../../../moments.ts', () => ({ now: () => '23/08/2021 14:05' }));
vi.mock('../../../../../session/graphql-client.ts', () => ({ useGraphqlClient: () => null }));
vi.mock('../../../../../ui/save-file.ts', () => ({ saveFile }));
vi.mock('../../../../../session/ask.ts', () => ({
  ask: () => Promise.resolve({ data: { case: { contactGraph: { nodes: [], edges: [] } } }, problem: null }),
}));
const blob = new Blob();
const canvas = { toBlob: vi.fn<(made: (blob: Blob | null) => void) => void>() };
vi.mock('./draw-picture.ts', () => ({ drawPicture: () => canvas }));
vi.mock('./contacts-csv.ts', () => ({ contactsCsv: () => '' }));
vi.mock('./graph-ml.ts', () => ({ graphMl: () => '' }));
afterEach(() => saveFile.mockClear());

const wanted = (): Wanted => ({
  caseId: 'c',
  person: { id: 'p', fullName: 'Lê Văn An' },
  depth: 2,
  maxNodes: 2_000,
  conditions: { whole: 2, opened: new Set() },
});

it('a picture that the browser has no room for is told, and the next file can be saved', async () => {
  const { busy, trouble, done, save } = useGraphExport(wanted);
  canvas.toBlob.mockImplementationOnce((made) => made(null));
  await save('png');
  expect([busy.value, trouble.value, done.value]).toEqual([null, 'graph.notMade', null]);
  expect(saveFile).not.toHaveBeenCalled();

  canvas.toBlob.mockImplementationOnce((made) => made(blob));
  await save('png');
  expect([busy.value, trouble.value]).toEqual([null, null]);
  expect(saveFile).toHaveBeenCalledWith('graph.file.png', blob);
});
