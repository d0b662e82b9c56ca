import { bodyOf, passagesDocument } from '../documents.ts';
import type { Figure } from '../figure.ts';
import { listReaders } from '../sizes.ts';
import type { Stage } from '../stage.ts';
import { compareReading } from './read.ts';

const day = 86_400_000;
const mostStatements = 3;

const aPage = (first: number, daysAgo: number) => ({
  first,
  filter: { to: new Date(Date.now() - daysAgo * day).toISOString() },
});

export async function listFigures(stage: Stage): Promise<Figure[]> {
  const statements = await countStatements(stage);
  const speed = await compareReading(stage, {
    name: 'passages-100',
    what: 'a list of 100 passages with checkpoint, citizen and declaration, 16 connections, against Node http and pg with one statement',
    document: passagesDocument,
    variables: Array.from({ length: 200 }, (_, index) => aPage(100, 0.5 + index / 10)),
    path: '/passages',
    expected: '"hasNextPage":true',
    connections: listReaders,
    goal: 0.3,
  });
  return [...statements, speed];
}

/** How many statements read data for a page: not the session's, nor those that begin, scope and commit. */
async function countStatements(stage: Stage): Promise<Figure[]> {
  const counting = await stage.startCounting();
  const ask = async (first: number): Promise<number> => {
    const headers = { 'content-type': 'application/json', cookie: stage.cookies.administrator };
    await counting.statements();
    const response = await fetch(counting.url, {
      method: 'POST',
      headers,
      body: bodyOf(passagesDocument, aPage(first, 1)),
    });
    const { data } = (await response.json()) as { data?: { passages: { edges: unknown[] } } };
    if (data?.passages.edges.length !== first) throw new Error('The list did not come whole.');
    return (await counting.statements()).filter(readsData).length;
  };
  try {
    await ask(5);
    const [ten, hundred] = [await ask(10), await ask(100)];
    const bound = { unit: 'statements', reference: null, ratio: null, goal: mostStatements, notes: [] };
    return [
      {
        ...bound,
        name: 'passages-10-statements',
        what: 'data statements for a list of 10 passages',
        value: ten,
        met: ten <= mostStatements,
      },
      {
        ...bound,
        name: 'passages-100-statements',
        what: 'data statements for a list of 100 passages',
        value: hundred,
        met: hundred <= mostStatements && hundred <= ten,
      },
    ];
  } finally {
    await counting.stop();
  }
}

const readsData = (text: string) => !/^(begin|commit|rollback|set local .*)$|set_scope|viewers_of_sessions/.test(text);
