import { onScopeDispose, ref, shallowRef } from 'vue';
import { useGraphqlClient } from '../session/graphql-client.ts';
import type { UnitLevel } from '../gql/ui/graphql.ts';
import { vietnamDate } from '#api/platform/shared/vietnam-date.ts';
import { serverNow } from '../session/server-clock.ts';
import type { PickedUnit } from './picked-unit.ts';
import { findUnits, unitsBelow } from './unit-search.ts';

const PAUSE_MS = 150;
const today = () => vietnamDate(new Date(serverNow()));

/**
 * Searches while a person types: after a short pause, from the second letter on, and only the last answer counts. `near`: the code of
 * a unit where it begins; what is found in it comes alone, and what is not is looked for everywhere.
 */
export function useUnitSearch(level: () => UnitLevel | null, near: () => string | null) {
  const client = useGraphqlClient();
  const found = shallowRef<PickedUnit[]>([]);
  const state = ref<'IDLE' | 'SEARCHING' | 'FOUND' | 'OFFLINE'>('IDLE');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  function search(text: string): unknown {
    clearTimeout(timer);
    const turn = ++asked;
    const begin = near();
    if (text.trim() === '' && begin) return settle(turn, unitsBelow(client, begin, level()));
    if (text.trim().length < 2) {
      found.value = [];
      state.value = 'IDLE';
      return null;
    }
    state.value = 'SEARCHING';
    return (timer = setTimeout(() => settle(turn, find(text.slice(0, 80), begin)), PAUSE_MS));
  }

  async function find(text: string, begin: string | null): Promise<PickedUnit[] | null> {
    const here = begin ? await findUnits(client, today(), text, level(), begin) : [];
    return here?.length === 0 ? findUnits(client, today(), text, level()) : here;
  }

  async function settle(turn: number, finding: Promise<PickedUnit[] | null>): Promise<void> {
    const units = await finding;
    if (turn !== asked) return;
    found.value = units ?? [];
    state.value = units ? 'FOUND' : 'OFFLINE';
  }
  onScopeDispose(() => clearTimeout(timer));
  return { found, state, search };
}
