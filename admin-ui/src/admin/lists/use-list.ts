import type { AnyVariables, DocumentInput } from '@urql/core';
import { computed, watch } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { Fields, Filters } from '../filters/filter-query.ts';
import { useConditions, type OwnWords } from '../filters/use-conditions.ts';
import type { Ordered } from './export/use-order.ts';
import { readPage, type Connection, type Page } from '../request/page.ts';
import { ask, type Answer } from '../../session/ask.ts';
import { PAGE_SIZE, usePages } from '../request/use-pages.ts';
import type { Column } from './column.ts';
import { useColumns } from './use-columns.ts';
import { useListAddress } from './use-list-address.ts';
import { useSelection } from './use-selection.ts';

/** What makes one list differ from another. */
interface Options<Data, Variables, Node, Row extends { id: string }, F extends Fields> {
  /** Its texts: `pages.<name>`, and below `<name>` count, columns, kinds, choices, chips, noneMatch, noneYet. */
  name: string;
  /** What it can be narrowed by. */
  fields: F;
  columns: readonly Column<Row>[];
  document: DocumentInput<Data, Variables>;
  /** The query's variables but `first` and `after`. */
  variables: (asked: { filters: Filters<F>; search: string }) => Partial<Variables>;
  connection: (data: Data) => Connection<Node>;
  read: (nodes: readonly Node[]) => readonly Row[];
  /** Whether there is anything to ask for yet; always, where it is not given. */
  asks?: () => boolean;
  /** By what a row stands in the address, if not by its id. */
  keyOf?: (row: Row) => string;
  /** The list's conditions as a file of all its rows is ordered by; a list without it has none. */
  ordered?: (variables: Partial<Variables>) => Ordered;
  /** What conditions hold that are made by the list's own editors, in words. */
  words?: OwnWords<F>;
}

/** One list: what its address asks for, the rows that came, the columns and rows that the person chose. */
export function useList<Data, Variables extends AnyVariables, Node, Row extends { id: string }, F extends Fields>(
  options: Options<Data, Variables, Node, Row, F>,
) {
  const { ordered } = options;
  const { name, fields, keyOf = ({ id }: Row) => id, asks = () => true } = options;
  const client = useGraphqlClient();
  const address = useListAddress(fields);
  const { filters, search } = address;
  const variables = computed(() => options.variables({ filters: filters.value, search: search.value }));
  const asked = () => JSON.stringify([asks(), variables.value]);

  async function fetchPage(
    after: string | null,
    more: { first: number; forExport?: boolean },
  ): Promise<Answer<Page<Row>>> {
    if (!asks()) return { data: { rows: [], next: null, total: null }, problem: null };
    const wanted = { ...variables.value, ...more, after } as unknown as Variables;
    const answer = await ask(client, 'query', options.document, wanted);
    if (answer.problem) return answer;
    return { data: readPage(options.connection(answer.data), options.read), problem: null };
  }
  const pages = usePages({
    fetch: (after) => fetchPage(after, { first: PAGE_SIZE }),
    asked,
    pages: () => address.pages.value,
  });
  const opened = computed(() => pages.rows.value.find((row) => keyOf(row) === address.opened.value) ?? null);
  const selection = useSelection(() => pages.rows.value, keyOf);
  watch(asked, selection.clear);
  const conditions = useConditions(name, fields, address, options.words ?? {});
  const columns = useColumns(name, options.columns);
  return {
    name,
    keyOf,
    asks,
    sought: options.asks !== undefined,
    ordered: ordered ? () => ordered(variables.value) : null,
    address,
    pages,
    /** The row whose panel is open; null where it is none of those that came. */
    opened,
    fetchPage,
    selection,
    conditions,
    columns,
  };
}
export type List<Row extends { id: string }, F extends Fields> = ReturnType<
  typeof useList<unknown, AnyVariables, unknown, Row, F>
>;
