import { onScopeDispose, shallowRef, watch } from 'vue';
import { JourneyRulesDocument, type JourneyRulesQuery } from '../../gql/citizen/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { locale } from '../../session/locale.ts';
import { serverNow } from '../../session/server-clock.ts';
import { declarationsOf } from '../form/declarations.ts';
import type { Draft } from '../form/draft.ts';

export type JourneyRules = JourneyRulesQuery['movementRules'];

/**
 * The rules that the journey must meet. Places and a time are asked about, nothing of a person; no answer, no rules are
 * shown, and the form goes on as without them.
 */
export function useJourneyRules(draft: Draft) {
  const client = useGraphqlClient();
  const rules = shallowRef<JourneyRules | null>(null);
  let turn = 0;

  async function ask(): Promise<void> {
    const own = ++turn;
    const wanted = variablesOf(draft);
    if (!wanted) return void (rules.value = null);
    const { data } = await client.query(JourneyRulesDocument, wanted, { requestPolicy: 'network-only' }).toPromise();
    if (own === turn) rules.value = data?.movementRules ?? null;
  }
  const retry = () => rules.value === null && void ask();
  watch(() => JSON.stringify([variablesOf(draft, null), locale.value]), ask, { immediate: true });
  addEventListener('online', retry);
  onScopeDispose(() => {
    turn++;
    removeEventListener('online', retry);
  });
  return rules;
}

function variablesOf(draft: Draft, now: number | null = serverNow()) {
  const { destination, origin } = draft.journey;
  if (!destination) return null;
  const [first] = declarationsOf(draft, now ?? 0);
  const departsAt = first?.journey?.departsAt;
  const visited = first?.health?.visitedUnitCodes ?? [];
  return {
    destinationCode: destination.code,
    originCode: origin?.code ?? null,
    departsAt: draft.journey.departure === 'LATER' && departsAt ? new Date(departsAt).toISOString() : null,
    visitedCodes: visited.slice(0, 20),
  };
}
