import type { Transaction } from '../platform/database/transaction.ts';
import { badInput } from '../platform/graphql/problems.ts';
import type { Scope } from '../policy/policy.ts';
import type { Territory } from '../territory/territory.service.ts';
import type { AdministrativeUnit } from '../territory/unit.entity.ts';
import type { Asker } from './asker.ts';
import { generationsText, maxNodesText, windowText } from './case.problems.ts';
import { Case } from './case.entity.ts';
import { infectiousWindow, type CaseRow } from './case.row.ts';
import { ContactEdge } from './contact-edge.entity.ts';
import { ContactGraph, ContactNode, type ShownGraph } from './contact-graph.entity.ts';
import type { TraceInput } from './trace.input.ts';
import { exposuresOfCase, linksOfCase } from './contact-graph.queries.ts';
import { contactsOfCase } from './follow-ups.queries.ts';
import { graphKey, narrowGraph, type GraphParts, type Narrowing } from './read-graph.ts';
import { countByProvince, type ProvinceCount } from './trace/count-by-province.ts';
import { traceOf, traceWider } from './trace-orders.queries.ts';
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

/** The stored trace as it is asked for, whose nodes and links are read when they are. A wider one than was made is asked for. */
export async function contactGraph(
  tx: Transaction,
  row: CaseRow,
  input: TraceInput | null,
  reader: Reader,
): Promise<ContactGraph> {
  const wanted = readInput(input);
  const trace = await traceWide(tx, row, wanted, reader.asker);
  const graph = new ContactGraph(async () => shown(await partsOf(tx, row, trace, wanted, reader), row, wanted, reader));
  return Object.assign(graph, {
    case: new Case(row),
    status: trace?.status ?? 'RUNNING',
    people: trace?.people ?? 0,
    reachedGeneration: trace?.reached_generation ?? 0,
    places: (trace?.crowds ?? []).map(({ unitId, people }) => ({ unit: reader.territory.byId(unitId), people })),
    tookMs: trace?.took_ms ?? 0,
    tracedAt: trace?.traced_at ?? null,
  });
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
  return traceWider(tx, row, asker, wanted);
}

type Parts = Pick<GraphParts, 'contacts' | 'exposures'> & { hidden: ProvinceCount[]; whole: boolean };

/** What the trace holds, cut to what was asked for; before it was ever made, nothing. */
async function partsOf(
  tx: Transaction,
  row: CaseRow,
  trace: TraceRow | null,
  wanted: Wanted,
  { scope }: Reader,
): Promise<Parts> {
  if (!trace?.traced_at) return { contacts: [], exposures: [], hidden: [], whole: true };
  const contacts = await contactsOfCase(tx, scope, row.id, mostNodes + 1);
  const exposures = await exposuresOfCase(tx, scope, row.id, mostLinks + 1);
  const whole = contacts.length <= mostNodes && exposures.length <= mostLinks;
  const isBeyond = ({ province }: { province: string }) => !scope.provinces.includes(province);
  const isNear = ({ generation }: { generation: number }) => generation <= wanted.generations;
  if (wanted.kinds === null && wanted.windowMinutes >= trace.window_minutes)
    return {
      ...{ contacts: contacts.filter(isNear), exposures: exposures.filter(isNear), whole },
      hidden: trace.counts.filter((one) => isBeyond(one) && isNear(one)),
    };
  const links = await linksOfCase(tx, row.id, mostLinks + 1);
  const [first] = links;
  const start = first ? graphKey(first.source_province, first.source) : graphKey(row.province_code, row.citizen_id);
  const window = infectiousWindow(row, trace.traced_at);
  const stored = { start, window, contacts, exposures, links, tracedAt: trace.traced_at.getTime() };
  const narrowed = await narrowGraph(stored, wanted);
  return {
    ...narrowed,
    hidden: countsOf(narrowed.reached).filter(isBeyond),
    whole: whole && links.length <= mostLinks,
  };
}

function shown(
  { contacts, exposures, hidden, whole }: Parts,
  row: CaseRow,
  wanted: Wanted,
  { asker, territory }: Reader,
): ShownGraph {
  const nearest = contacts.toSorted(
    (a, b) => a.generation - b.generation || a.first_exposed_at.getTime() - b.first_exposed_at.getTime(),
  );
  const nodes = nearest.slice(0, wanted.maxNodes);
  const ids = new Set([caseIdOf(exposures, row), ...nodes.map(({ citizen_id }) => citizen_id)]);
  const edges = exposures.filter(({ source_id, target_id }) => ids.has(source_id) && ids.has(target_id));
  return {
    nodes: nodes.map((contact) => new ContactNode(contact, asker.at)),
    edges: edges.map((edge) => new ContactEdge(edge)),
    hidden: hidden
      .toSorted((a, b) => a.generation - b.generation || b.count - a.count)
      .map(({ province, ...count }) => ({ province: provinceOf(territory, province), ...count })),
    truncated: !whole || contacts.length > nodes.length,
    totalNodes: contacts.length,
    totalEdges: exposures.length,
  };
}

/** Whom the case stood as when it was traced, which a merge changes: every chain begins with them. */
const caseIdOf = (exposures: Parts['exposures'], row: CaseRow): string =>
  exposures.find(({ generation }) => generation === 1)?.source_id ?? row.citizen_id;

const countsOf = (reached: GraphParts['reached']): ProvinceCount[] =>
  countByProvince(
    [...reached].map(([key, { generation }]) => ({ province: key.slice(0, key.indexOf('/')), generation })),
  );

function provinceOf(territory: Territory, code: string): AdministrativeUnit {
  const province = territory.byCode(code) ?? territory.named(code);
  if (!province) throw new Error(`No unit has the code ${code} of a province.`);
  return province;
}
