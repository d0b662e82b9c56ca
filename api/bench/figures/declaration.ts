import { declarationDocument } from '../documents.ts';
import type { Figure } from '../figure.ts';
import { readers } from '../sizes.ts';
import type { Stage } from '../stage.ts';
import { compareReading } from './read.ts';

export async function declarationFigure(stage: Stage): Promise<Figure> {
  const { rows } = await stage.owner.query<{ id: string }>(
    'select id from declaration tablesample system (2) order by hashtext(id::text) limit 2000',
  );
  return compareReading(stage, {
    name: 'declaration',
    what: 'one declaration by id with its person and three addresses, 64 connections, against Node http and pg with one statement',
    document: declarationDocument,
    variables: rows.map(({ id }) => ({ id })),
    path: '/declaration',
    expected: '"permanentAddress":{',
    connections: readers,
    goal: 0.55,
  });
}
