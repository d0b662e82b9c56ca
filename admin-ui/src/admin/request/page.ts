/** What a query of a list answers. */
export interface Connection<Node> {
  edges: readonly { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number | null;
}

/** One page of a list. */
export interface Page<Row> {
  rows: readonly Row[];
  /** Where the next page begins; null where there is none. */
  next: string | null;
  /** Null where the API does not count that many. */
  total: number | null;
}

export function readPage<Node, Row>(
  { edges, pageInfo, totalCount }: Connection<Node>,
  read: (nodes: readonly Node[]) => readonly Row[],
): Page<Row> {
  return {
    rows: read(edges.map(({ node }) => node)),
    next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
    total: totalCount ?? null,
  };
}

/** A list that comes at once, as one page. */
export const wholeList = <Node>(nodes: readonly Node[]): Connection<Node> => ({
  edges: nodes.map((node) => ({ node })),
  pageInfo: { hasNextPage: false },
  totalCount: nodes.length,
});
