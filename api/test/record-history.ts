import type { PassageInput, Recorded } from './builders.ts';

/** A batch that was sent and whose reply arrived whole. */
export interface Acknowledged {
  batch: PassageInput[];
  results: Recorded[];
}

/** What the database holds of a passage, as far as a client chose it. */
export interface StoredPassage {
  id: string;
  checkpointId: string;
  direction: string;
  decision: string;
  evidence: string;
}

const contentOf = ({ id, checkpointId, direction, decision, evidence }: StoredPassage | PassageInput) =>
  [id, checkpointId, direction, decision, evidence].join();

/**
 * Everything that contradicts the promise: each id once, each acknowledged one there with its content, results in input
 * order, nothing that nobody sent, and what was sent until it was acknowledged is there.
 */
export function faultsOf(history: Acknowledged[], sent: PassageInput[], stored: StoredPassage[]): string[] {
  const byId = Map.groupBy(stored, ({ id }) => id);
  const known = new Set(sent.map(contentOf));
  return [
    ...[...byId].filter(([, rows]) => rows.length > 1).map(([id, rows]) => `${id} stands ${rows.length} times`),
    ...stored.filter((row) => !known.has(contentOf(row))).map((row) => `nobody sent ${contentOf(row)}`),
    ...sent.filter(({ id }) => !byId.has(id)).map(({ id }) => `${id} was sent and is not there`),
    ...history.flatMap((entry) => faultsOfReply(entry, byId)),
    ...foundTwice(history),
  ];
}

function faultsOfReply({ batch, results }: Acknowledged, byId: Map<string, StoredPassage[]>): string[] {
  if (results.length !== batch.length) return [`${results.length} results for ${batch.length} passages`];
  return batch.flatMap((input, at) => {
    const result = results[at];
    const stored = byId.get(input.id)?.[0];
    if ((result?.passage?.id ?? result?.id) !== input.id)
      return [`result ${at} is of another passage than ${input.id}`];
    if (!stored) return [`${input.id} was answered and is not there`];
    const same = contentOf(stored) === contentOf(input);
    if (result?.__typename === 'PassageRecorded')
      return same ? [] : [`${input.id} was acknowledged with other content`];
    if (result?.code !== 'ID_REUSED') return [`${input.id} was rejected as ${result?.code}`];
    return same ? [`${input.id} was called reused by what it stands with`] : [];
  });
}

/** An id is new once: who is told so a second time was counted twice somewhere. */
function foundTwice(history: Acknowledged[]): string[] {
  const fresh = history.flatMap(({ results }) => results.filter(({ duplicate }) => duplicate === false));
  const groups = Map.groupBy(fresh, ({ passage }) => passage?.id);
  return [...groups].filter(([, found]) => found.length > 1).map(([id]) => `${id} was new twice`);
}
