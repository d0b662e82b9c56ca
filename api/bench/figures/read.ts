import { deepStrictEqual } from 'node:assert';
import { compare } from '../compare.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import { bodyOf } from '../documents.ts';
import { readers } from '../sizes.ts';
import type { Stage } from '../stage.ts';

export interface Reading {
  name: string;
  what: string;
  document: string;
  variables: object[];
  /** The reference's address for it. */
  path: string;
  expected: string;
  goal: number;
}

/** Asks both servers the same, after seeing that they answer the same. */
export async function compareReading(stage: Stage, reading: Reading): Promise<Figure> {
  const { name, document, variables, path, expected, goal, what } = reading;
  const bodies = variables.map((values) => bodyOf(document, values as Record<string, unknown>));
  const both = { cookie: stage.cookies.administrator, bodies, expected, unwanted: '"errors"' };
  const names = { cordon: `${name} of Cordon`, reference: `${name} of the reference` };
  await stage.load({ ...both, name: names.cordon, url: stage.cordonUrl });
  await stage.load({ ...both, name: names.reference, url: `${stage.referenceUrl}${path}` });
  const [own, theirs] = [
    await stage.run({ name: names.cordon, connections: 1, count: 1 }),
    await stage.run({ name: names.reference, connections: 1, count: 1 }),
  ];
  deepStrictEqual(
    withoutCursors(own.sample),
    withoutCursors(theirs.sample),
    `${name}: the two servers answer differently.`,
  );
  const perRound = await calibrate(stage, names.cordon);
  const side = (which: 'cordon' | 'reference') => ({
    meter: stage.meters[which],
    run: async () => (await stage.run({ name: names[which], connections: readers, count: perRound })).seconds,
  });
  const comparison = await compare(side('cordon'), side('reference'), stage.sizes.rounds, 1, true);
  return comparedFigure({ name, what, unit: 'requests', perRound, goal }, comparison);
}

/** Cursors are opaque: each server may have its own. */
const withoutCursors = (body: string): unknown =>
  JSON.parse(body, (key, value: unknown) => (/cursor$/i.test(key) ? null : value));

/** How many requests take a round's time, measured when the server is warm. */
async function calibrate(stage: Stage, name: string): Promise<number> {
  let count = readers;
  for (let tries = 0; tries < 4; tries += 1) {
    const { seconds } = await stage.run({ name, connections: readers, count });
    count = Math.max(readers, Math.round((count * stage.sizes.roundSeconds) / seconds));
  }
  return count;
}
