import { buildSchema, getNamedType, isLeafType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { tokenOf } from '../partner-desk.ts';
import type { AskOptions, GraphQLAnswer, TestServer } from '../server.ts';
import { asking, changing, type Asked } from './attempts.ts';
import { pageSize, selectionsOf } from './documents.ts';
import type { Mark, Marks } from './marks.ts';
import { isOthers, maySee, maySeeWhole, type Locks } from './oracle.ts';
import type { Viewer } from './places.ts';

type Field = GraphQLField<unknown, unknown>;
const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
const fieldsOf = (root: GraphQLObjectType | null | undefined): Field[] => Object.values(root?.getFields() ?? {});
const queries = fieldsOf(schema.getQueryType());
const mutations = fieldsOf(schema.getMutationType());

/** What came of all that one viewer asked. */
export interface Seen {
  leaks: string[];
  /** Names of types and of marks that came to be seen. */
  types: Set<string>;
  marks: Set<Mark>;
}

export class Matrix {
  readonly #server: TestServer;
  readonly #marks: Marks;
  readonly #locks: Locks;
  #token: Promise<string> | undefined;

  constructor(server: TestServer, marks: Marks, locks: Locks) {
    this.#server = server;
    this.#marks = marks;
    this.#locks = locks;
  }

  /** Asks every query field in every way, as deep as the schema leads. */
  async ask(viewer: Viewer): Promise<Seen> {
    const seen: Seen = { leaks: [], types: new Set(), marks: new Set() };
    for (const field of queries) {
      const { wholes, branches } = selectionsOf(field);
      const asked = this.#arguments(asking, field, viewer);
      const byRow = field.args.some(({ name }) => name === 'id' || name === 'payload');
      for (const values of asked)
        await this.#tryEach('query', viewer, field, values, seen, [
          ...wholes,
          ...(values === asked[0] || byRow ? branches : []),
        ]);
    }
    return seen;
  }

  /** Tries every mutation on rows of others. */
  async change(viewer: Viewer): Promise<Seen> {
    const seen: Seen = { leaks: [], types: new Set(), marks: new Set() };
    for (const field of mutations) {
      for (const values of this.#arguments(changing, field, viewer))
        await this.#tryEach('mutation', viewer, field, values, seen, selectionsOf(field).wholes);
    }
    return seen;
  }

  async #proofOf({ username, app }: Viewer): Promise<AskOptions> {
    if (!app) return { as: username };
    this.#token ??= tokenOf(this.#server, app);
    return { headers: { authorization: `Bearer ${await this.#token}` } };
  }

  #arguments(table: Record<string, Asked>, { name }: Field, viewer: Viewer) {
    const asked = table[name];
    if (asked === undefined) throw new Error(`matrix/attempts.ts does not say how ${name} is tried.`);
    return typeof asked === 'string' ? [] : asked(this.#marks, viewer, (row) => isOthers(viewer, row, this.#locks));
  }

  /** Every selection in turn; a root field that is refused is refused before anything of it is selected. */
  async #tryEach(
    kind: 'query' | 'mutation',
    viewer: Viewer,
    field: Field,
    values: Record<string, unknown>,
    seen: Seen,
    selections: readonly string[],
  ): Promise<void> {
    for (const selection of selections)
      if (await this.#isForbidden(kind, viewer, field, values, selection, seen)) return;
  }

  async #isForbidden(
    kind: 'query' | 'mutation',
    viewer: Viewer,
    field: Field,
    values: Record<string, unknown>,
    selection: string,
    seen: Seen,
  ): Promise<boolean> {
    const paged = field.args.some(({ name }) => name === 'first') ? { first: pageSize, ...values } : values;
    const given = field.args.filter(({ name }) => name in paged);
    const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
    const body = isLeafType(getNamedType(field.type)) ? '' : selection;
    const document = `${kind}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`} ${body} }`;
    const answer = await this.#server.graphql(document, paged, { ...(await this.#proofOf(viewer)), language: 'en' });
    const asked = JSON.stringify(values);
    this.#judge(
      viewer,
      answer,
      asked,
      'reason' in values || onePress.includes(field.name),
      `${viewer.username}: ${field.name}(${asked})`,
      seen,
    );
    const [error] = answer.errors ?? [];
    return error?.extensions['code'] === 'FORBIDDEN' && error.path?.length === 1;
  }

  #judge(viewer: Viewer, answer: GraphQLAnswer, asked: string, gaveReason: boolean, what: string, seen: Seen): void {
    const codes = (answer.errors ?? []).map(({ extensions }) => String(extensions['code']));
    // Where policies alone refuse a write, nobody has words for it.
    const refusals = this.#locks === 'DATABASE' ? [...answers, 'INTERNAL'] : answers;
    const broken = codes.find((code) => !refusals.includes(code));
    if (broken) seen.leaks.push(`${what}: ${broken} ${answer.text.slice(0, 300)}`);
    for (const [, type] of answer.text.matchAll(/"__typename":"(\w+)"/g)) seen.types.add(type ?? '');
    for (const mark of this.#marks.all) {
      // What was asked by may come back: an id in a problem, a code in its own answer. It tells nothing that was not known.
      const shows = (text: string) => !asked.includes(text) && answer.text.includes(text);
      const exists = mark.existence.find((text) => answer.text.includes(text));
      if (exists) seen.marks.add(mark);
      const told = mark.existence.find(shows) ?? mark.identity.find(shows);
      if (told && !maySee(viewer, mark, this.#locks) && !knownOtherwise(this.#marks, viewer, told, this.#locks))
        seen.leaks.push(`${what} shows ${mark.kind} of ${mark.place}: ${told}`);
      const named = mark.identity.find(shows);
      const seesWhole = (one: Mark) => maySeeWhole(viewer, one, this.#locks, gaveReason);
      if (named && !seesWhole(mark) && !this.#marks.all.some((one) => one.identity.includes(named) && seesWhole(one)))
        seen.leaks.push(`${what} unmasks ${mark.kind} of ${mark.place}: ${named}`);
    }
    seen.leaks.push(...miscounted(answer, what));
  }
}

/** Shows one thing of one person at a press, which is entered without asking why. */
const onePress = ['arrivalPhone'];

const answers = ['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'RATE_LIMITED'];

/** One person stands in several rows: a text of theirs may come by another of them. */
const knownOtherwise = (marks: Marks, viewer: Viewer, text: string, locks: Locks): boolean =>
  marks.all.some((mark) => [...mark.existence, ...mark.identity].includes(text) && maySee(viewer, mark, locks));

/** A count tells of rows too: where the page is all there is, it is what the page holds. */
function miscounted({ data }: GraphQLAnswer, what: string): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    const { totalCount, edges, pageInfo } = value as {
      totalCount?: number;
      edges?: unknown[];
      pageInfo?: { hasNextPage: boolean; hasPreviousPage: boolean };
    };
    const isWhole = pageInfo?.hasNextPage === false && !pageInfo.hasPreviousPage;
    if (typeof totalCount === 'number' && edges && isWhole && totalCount !== edges.length)
      found.push(`${what} counts ${totalCount} and shows ${edges.length}`);
    Object.values(value).forEach(look);
  };
  look(data);
  return found;
}
