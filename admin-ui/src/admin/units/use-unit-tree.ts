import { computed, reactive, ref, watch } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { TreeUnitFragmentDoc, TreeUnitsDocument, type TreeUnitFragment } from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { ask } from '../../session/ask.ts';
import type { WalkedRow } from './tree-walk.ts';

export interface TreeRow extends WalkedRow {
  id: string;
  code: string;
  busy: boolean;
  /** Its place among those beside it, and how many these are. */
  place: number;
  of: number;
}

type Below = TreeUnitFragment[] | 'COMING' | 'FAILED';

const root = 'VN';

/** The units of a day as a tree: what lies below one is asked for when it is unfolded. Null: today. */
export function useUnitTree(at: () => string | null) {
  const client = useGraphqlClient();
  const below = reactive(new Map<string, Below>());
  const unfolded = reactive(new Set<string>());
  const turn = ref(0);

  async function fetchBelow(code: string): Promise<void> {
    const known = below.get(code);
    if (known && known !== 'FAILED') return;
    const own = turn.value;
    below.set(code, 'COMING');
    const variables = { parentCode: code === root ? null : code, at: at() };
    const { data } = await ask(client, 'query', TreeUnitsDocument, variables);
    if (own === turn.value)
      below.set(code, data ? [...getFragmentData(TreeUnitFragmentDoc, data.administrativeUnits)] : 'FAILED');
  }
  watch(at, restart, { immediate: true });

  /** Of another day nothing may stand there. */
  function restart(): void {
    turn.value++;
    below.clear();
    unfolded.clear();
    void fetchBelow(root);
  }

  async function unfold(code: string, wanted: boolean): Promise<void> {
    if (!wanted) return void unfolded.delete(code);
    unfolded.add(code);
    await fetchBelow(code);
  }

  /** Unfolds what lies above a unit, from the top down. */
  async function reveal(codesAbove: readonly string[]): Promise<void> {
    await fetchBelow(root);
    for (const code of codesAbove) await unfold(code, true);
  }

  function rowsBelow(code: string, depth: number): TreeRow[] {
    const units = below.get(code);
    if (!Array.isArray(units)) return [];
    return units.flatMap((unit, index): TreeRow[] => {
      const open = unfolded.has(unit.code);
      const row = {
        ...unit,
        depth,
        unfolded: unit.level === 'COMMUNE' ? null : open,
        busy: open && below.get(unit.code) === 'COMING',
        place: index + 1,
        of: units.length,
      };
      return [row, ...(open ? rowsBelow(unit.code, depth + 1) : [])];
    });
  }
  const rows = computed(() => rowsBelow(root, 1));
  const coming = computed(() => below.get(root) === 'COMING');
  const failed = computed(() => [...below.keys()].filter((code) => below.get(code) === 'FAILED'));
  const retry = (): void => failed.value.forEach((code) => void fetchBelow(code));
  return { rows, coming, failed, unfold, reveal, retry };
}
export type UnitTree = ReturnType<typeof useUnitTree>;
