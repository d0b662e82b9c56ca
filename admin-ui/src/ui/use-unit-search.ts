import { onScopeDispose, ref, shallowRef } from 'vue';
import { useGraphqlClient } from '../session/graphql-client.ts';
import type { UnitLevel } from '../gql/ui/graphql.ts';
import { findUnits, type PickedUnit } from './unit-search.ts';

const PAUSE_MS = 150;

/** Searches while a person types: after a short pause, from the second letter on, and only the last answer counts. */
export function useUnitSearch(level: () => UnitLevel | null) {
  const client = useGraphqlClient();
  const found = shallowRef<PickedUnit[]>([]);
  const state = ref<'IDLE' | 'SEARCHING' | 'FOUND' | 'OFFLINE'>('IDLE');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  function search(text: string): void {
    clearTimeout(timer);
    const turn = ++asked;
    if (text.trim().length < 2) {
      found.value = [];
      state.value = 'IDLE';
      return;
    }
    state.value = 'SEARCHING';
    timer = setTimeout(async () => {
      const units = await findUnits(client, text.slice(0, 80), level());
      if (turn !== asked) return;
      found.value = units ?? [];
      state.value = units ? 'FOUND' : 'OFFLINE';
    }, PAUSE_MS);
  }
  onScopeDispose(() => clearTimeout(timer));
  return { found, state, search };
}
