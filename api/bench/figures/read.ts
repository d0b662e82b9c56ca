import { isDeepStrictEqual } from 'node:util';
import { compare } from '../compare.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import { bodyOf } from '../documents.ts';
import type { Stage } from '../stage.ts';

export interface Reading {
  name: string;
  what: string;
  document: string;
  variables: object[];
  /** The reference's address for it. */
  path: string;
  expected: string;
  connections: number;
  goal: number;
}

/** Asks both servers the same, after seeing that they answer the same. */
export async function compareReading(stage: Stage, reading: Reading): Promise<Figure> {
  const { name, document, variables, path, expected, connections, goal, what } = reading;
  const bodies = variables.map((values) => bodyOf(document, values as Record<string, unknown>));
  const both = { cookie: stage.cookies.administrator, bodies, expected, unwanted: '"errors"' };
  const names = { cordon: `${name} of Cordon`, reference: `${name} of the reference` };
  await stage.load({ ...both, name: names.cordon, url: stage.cordonUrl });
  await stage.load({ ...both, name: names.reference, url: `${stage.referenceUrl}${path}` });
  const [own, theirs] = [
    await stage.run({ name: names.cordon, connections: 1, count: 1 }),
    await stage.run({ name: names.reference, connections: 1, count: 1 }),
  ];
  if (!isDeepStrictEqual(withoutCursors(own.sample), withoutCursors(theirs.sample)))
    throw new Error(
      `${name}: the two servers answer differently:\n${own.sample.slice(0, 2_000)}\n${theirs.sample.slice(0, 2_000)}`,
    );
  const perRound = await calibrate(stage, names.cordon, connections);
  const side = (which: 'cordon' | 'reference') => ({
    meter: stage.meters[which],
    run: async () => (await stage.run({ name: names[which], connections, count: perRound })).seconds,
  });
  const comparison = await compare(side('cordon'), side('reference'), stage.sizes.rounds, 1, true);
  return comparedFigure({ name, what, unit: 'requests', perRound, goal }, comparison);
}

/** Cursors are opaque: each server may have its own. */
const withoutCursors = (body: string): unknown =>
  JSON.parse(body, (key, value: unknown) => (/cursor$/i.test(key) ? null : value));

/** How many requests take a round's time, measured when the server is warm. */
async function calibrate(stage: Stage, name: string, connections: number): Promise<number> {
  let count = connections;
  for (let tries = 0; tries < 3; tries += 1) {
    const { seconds } = await stage.run({ name, connections, count });
    count = Math.max(connections, Math.round((count * stage.sizes.roundSeconds) / seconds));
  }
  return count;
}
