import type { Transaction } from '../platform/database/transaction.ts';
import { badInput } from '../platform/graphql/problems.ts';
import type { Scope } from '../policy/policy.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import { generationsText, maxNodesText, windowText } from './case.problems.ts';
import { Case } from './case.entity.ts';
import type { CaseRow } from './case.row.ts';
import { ContactEdge } from './contact-edge.entity.ts';
import { ContactGraph, ContactNode } from './contact-graph.entity.ts';
import type { TraceInput } from './trace.input.ts';
import { contactsOfCase, exposuresOfCase } from './contact-graph.queries.ts';
import { narrowGraph, type GraphParts, type Narrowing } from './read-graph.ts';
import { traceAgain, traceOf, type Asker } from './trace-orders.queries.ts';
import { longestWindowMinutes, mostGenerations, mostNodes, usualTrace, type TraceRow } from './trace.row.ts';

// As many links as a page can draw; a node has more than one where people travel together.
const mostLinks = 60_000;

interface Wanted extends Narrowing {
  maxNodes: number;
}

export interface Reader {
  scope: Scope;
  asker: Asker;
  territory: Territory;
}

/** The stored trace as it is asked for. A wider one than was made is asked for, and what there is until then is answered. */
export async function contactGraph(
  tx: Transaction,
  row: CaseRow,
  input: TraceInput | null,
  reader: Reader,
): Promise<ContactGraph> {
  const wanted = readInput(input);
  const trace = await traceWide(tx, row, wanted, reader.asker);
  const parts = await partsOf(tx, row, trace, wanted, reader);
  return toGraph(row, trace, wanted, parts, reader);
}

function readInput(input: TraceInput | null): Wanted {
  const generations = input?.generations ?? usualTrace.generations;
  const windowMinutes = input?.windowMinutes ?? usualTrace.windowMinutes;
  const maxNodes = input?.maxNodes ?? usualTrace.maxNodes;
  const within = (value: number, most: number) => value >= 1 && value <= most;
  if (!within(generations, mostGenerations)) throw badInput({ 'input.generations': generationsText });
  if (!within(windowMinutes, longestWindowMinutes)) throw badInput({ 'input.windowMinutes': windowText });
  if (!within(maxNodes, mostNodes)) throw badInput({ 'input.maxNodes': maxNodesText });
  return { generations, windowMinutes, maxNodes, kinds: input?.kinds ? new Set(input.kinds) : null };
}

async function traceWide(tx: Transaction, row: CaseRow, wanted: Wanted, asker: Asker): Promise<TraceRow | null> {
  const trace = await traceOf(tx, row);
  const isWide = trace && trace.generations >= wanted.generations && trace.window_minutes >= wanted.windowMinutes;
  if (!trace || isWide || row.closed_at) return trace;
  return traceAgain(tx, row, asker, wanted);
}

/** What the trace holds, cut to what was asked for; before it was ever made, nothing. */
async function partsOf(
  tx: Transaction,
  row: CaseRow,
  trace: TraceRow | null,
  wanted: Wanted,
  { scope }: Reader,
): Promise<GraphParts & { whole: boolean }> {
  if (!trace?.traced_at) return { contacts: [], exposures: [], whole: true };
  const contacts = await contactsOfCase(tx, scope, row.id, mostNodes + 1);
  const exposures = await exposuresOfCase(tx, scope, row.id, mostLinks + 1);
  const whole = contacts.length <= mostNodes && exposures.length <= mostLinks;
  if (wanted.kinds === null && wanted.windowMinutes >= trace.window_minutes) {
    const isNear = ({ generation }: { generation: number }) => generation <= wanted.generations;
    return { contacts: contacts.filter(isNear), exposures: exposures.filter(isNear), whole };
  }
  const tracedAt = trace.traced_at.getTime();
  const since = row.infectious_from.getTime();
  const until = Math.min(row.infectious_until.getTime(), row.isolated_at?.getTime() ?? Infinity, tracedAt);
  const start = { province: row.province_code, id: row.citizen_id };
  return { ...(await narrowGraph({ start, window: { since, until }, contacts, exposures, tracedAt }, wanted)), whole };
}

function toGraph(
  row: CaseRow,
  trace: TraceRow | null,
  wanted: Wanted,
  { contacts, exposures, whole }: GraphParts & { whole: boolean },
  { scope, asker, territory }: Reader,
): ContactGraph {
  const nearest = contacts.toSorted(
    (a, b) => a.generation - b.generation || a.first_exposed_at.getTime() - b.first_exposed_at.getTime(),
  );
  const shown = nearest.slice(0, wanted.maxNodes);
  const ids = new Set([row.citizen_id, ...shown.map(({ citizen_id }) => citizen_id)]);
  const edges = exposures.filter(({ source_id, target_id }) => ids.has(source_id) && ids.has(target_id));
  return Object.assign(new ContactGraph(), {
    case: new Case(row),
    status: trace?.status ?? 'RUNNING',
    people: trace?.people ?? 0,
    reachedGeneration: trace?.reached_generation ?? 0,
    nodes: shown.map((contact) => new ContactNode(contact, asker.at)),
    edges: edges.map((edge) => new ContactEdge(edge)),
    hidden: hiddenOf(trace, wanted, scope, territory),
    places: (trace?.crowds ?? []).map(({ unitId, people }) => ({ unit: territory.byId(unitId), people })),
    truncated: !whole || contacts.length > shown.length,
    totalNodes: contacts.length,
    totalEdges: exposures.length,
    tookMs: trace?.took_ms ?? 0,
    tracedAt: trace?.traced_at ?? null,
  });
}

function hiddenOf(trace: TraceRow | null, { generations }: Wanted, { provinces }: Scope, territory: Territory) {
  return (trace?.counts ?? [])
    .filter(({ province, generation }) => !provinces.includes(province) && generation <= generations)
    .sort((a, b) => a.generation - b.generation || b.count - a.count)
    .map(({ province, generation, count }) => ({ province: provinceOf(territory, province), generation, count }));
}

function provinceOf(territory: Territory, code: string): AdministrativeUnit {
  const province = territory.byCode(code) ?? territory.named(code);
  if (!province) throw new Error(`No unit has the code ${code} of a province.`);
  return province;
}
