import { Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { holdsUnseenCharacters } from '../shared/text.ts';
import { uuid7Time } from '../shared/uuid7.ts';
import { badInput } from './problems.ts';

@ObjectType({ description: 'Where a page of a connection stands.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more edges follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether edges come before: true on every page but the first.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last edge: give it as `after` for the next page.',
  })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

/** Counted only where a reader asks. */
export type Total = number | null | (() => Promise<number | null>);

export interface Connection<Node> {
  edges: Array<Edge<Node>>;
  pageInfo: PageInfo;
  total: Total;
}

/** No request counts further. */
export const mostCounted = 10_000;

/** What a count that stopped after `mostCounted` rows and one tells. */
export const toTotal = (counted: number): number | null => (counted > mostCounted ? null : counted);

/** The Relay connection and edge types of a node. */
export function connectionOf<Node extends object>(
  name: string,
  node: () => ClassType<Node>,
  edgeName = `${name}Edge`,
): ClassType<Connection<Node>> {
  @ObjectType(edgeName, { description: `One ${name} on a page.`, simpleResolvers: true })
  class EdgeType {
    @Field(() => String, { description: 'Opaque; stays valid while rows are added.' })
    cursor!: string;

    @Field(node, { description: `The ${name} itself.` })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} rows, in a fixed order.`, simpleResolvers: true })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The rows of this page.' })
    edges!: EdgeType[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description: 'How many there are in all; null over 10,000 or where rights forbid counting.',
    })
    totalCount(): number | null | Promise<number | null> {
      return typeof this.total === 'function' ? this.total() : this.total;
    }

    total: Total = null;
  }
  return ConnectionType;
}

const longest = 100;

/** How a list is sorted: its name, which its cursors carry, and what the parts of a row's sort key are. */
export interface Sorting {
  list: string;
  key: ReadonlyArray<'time' | 'id' | 'text'>;
}

export interface Page {
  first: number;
  after: string[] | null;
  list: string;
}

/** Reads `first` and `after`; a cursor is base64url of a JSON array of texts: the list's name and the row's sort key. */
export function readPage(first: number | undefined | null, after: string | undefined | null, sorting: Sorting): Page {
  const size = first ?? 20;
  if (!Number.isInteger(size) || size < 1 || size > longest) {
    throw badInput({ first: { vi: `Từ 1 đến ${longest}.`, en: `From 1 to ${longest}.` } });
  }
  return { first: size, after: after ? readCursor(after, sorting) : null, list: sorting.list };
}

const partShapes = {
  time: (part: string) => new Date(part).getTime() >= 0 && new Date(part).toISOString() === part,
  id: (part: string) => uuid7Time(part) !== null,
  text: (part: string) => !holdsUnseenCharacters(part),
};

function readCursor(cursor: string, { list, key }: Sorting): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor.slice(0, 400), 'base64url').toString());
    const [name, ...values] = Array.isArray(parts) ? (parts as unknown[]) : [];
    const ours = (kind: keyof typeof partShapes, at: number) =>
      typeof values[at] === 'string' && partShapes[kind](values[at]);
    if (name === list && values.length === key.length && key.every(ours)) return values as string[];
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw badInput({
    after: {
      vi: 'Con trỏ trang không hợp lệ; hãy tải lại từ đầu.',
      en: 'Not a cursor of this list; start from the first page.',
    },
  });
}

/** Makes a connection from rows of which one more than the page was fetched. */
export function toConnection<Node>(
  page: Page,
  rows: Node[],
  keyOf: (node: Node) => string[],
  total: Total = null,
): Connection<Node> {
  const edges = rows
    .slice(0, page.first)
    .map((node) => ({ node, cursor: Buffer.from(JSON.stringify([page.list, ...keyOf(node)])).toString('base64url') }));
  return {
    edges,
    total,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
