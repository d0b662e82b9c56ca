import { reactive, ref, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import {
  CheckpointByIdDocument,
  CheckpointPanelFragmentDoc,
  SaveCheckpointDocument,
  UnitPlaceFragmentDoc,
  type CheckpointPanelFragment,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { serverNow } from '../../session/server-clock.ts';
import { formatDay } from '../days.ts';
import { ask } from '../../session/ask.ts';
import { toldOf } from '../request/told.ts';
import { useAnswer } from '../request/use-answer.ts';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import { emptyDraft, isInput, toCheckpointInput, type CheckpointDraft } from './checkpoint-draft.ts';

const fields = ['name', 'code', 'unitCode', 'kind', 'latitude', 'longitude', 'active', 'closesOn'] as const;

/** A new checkpoint, or the one with that id. Its id is made here once, so that a save sent twice makes one. */
export function useCheckpointForm(id: string | null) {
  const client = useGraphqlClient();
  const draft = reactive<CheckpointDraft>(emptyDraft());
  const ownId = id ?? newUuid7(serverNow());
  const problems = ref<Partial<Record<(typeof fields)[number], string>>>({});
  const trouble = ref<string | null>(null);
  const saving = ref(false);
  const answer = useAnswer(CheckpointByIdDocument, () => (id ? { id } : null));
  watch(answer.data, (data) => {
    const found = getFragmentData(CheckpointPanelFragmentDoc, data?.checkpoint);
    if (found) Object.assign(draft, toDraft(found));
  });

  /** The saved one's id; null when it was not saved, and why stands beside the fields. */
  async function save(): Promise<string | null> {
    const input = toCheckpointInput(ownId, draft);
    problems.value = isInput(input) ? {} : translate(input);
    trouble.value = null;
    if (!isInput(input)) return null;
    saving.value = true;
    const { data, problem } = await ask(client, 'mutation', SaveCheckpointDocument, { input });
    saving.value = false;
    if (data) return data.saveCheckpoint.id;
    const told = toldOf(problem, fields);
    problems.value = told.problems;
    trouble.value = told.trouble;
    return null;
  }
  return { draft, problems, trouble, saving, save, answer };
}

function toDraft({
  code,
  name,
  unit,
  kind,
  latitude,
  longitude,
  active,
  closesOn,
}: CheckpointPanelFragment): CheckpointDraft {
  const { id, level } = getFragmentData(UnitPlaceFragmentDoc, unit);
  const placed = typeof latitude === 'number' && typeof longitude === 'number';
  return {
    code,
    name,
    kind,
    opening: active ? (closesOn ? 'UNTIL' : 'OPEN') : 'CLOSED',
    lastDay: active && closesOn ? formatDay(closesOn) : '',
    unit: { id, code: unit.code, level, path: wholePlace(unit), above: [] },
    coordinates: placed ? `${latitude}, ${longitude}` : '',
  };
}

const translate = (keys: Record<string, string>) =>
  Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, t(key)]));
