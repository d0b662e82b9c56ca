import { reactive, ref, shallowRef, watch } from 'vue';
import { getFragmentData, type FragmentType } from '../../../gql/admin/fragment-masking.ts';
import { SaveThresholdsDocument, ThresholdsDocument, ThresholdValuesFragmentDoc } from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { locale } from '../../../session/locale.ts';
import type { PickedUnit } from '../../../ui/picked-unit.ts';
import { ask } from '../../../session/ask.ts';
import { toldOf } from '../../request/told.ts';
import { useAnswer } from '../../request/use-answer.ts';
import { t } from '../../texts.ts';
import { wholePlace } from '../../unit-place.ts';
import { fields, readDraft, toDraft, type Draft, type Field } from './threshold-draft.ts';

const plain = (value: number) => new Intl.NumberFormat(locale.value, { useGrouping: false }).format(value);
const none = Object.fromEntries(fields.map((name) => [name, ''])) as Draft;

/** From when on something is an alert, of the own unit at first, then of whichever is picked. */
export function useThresholds() {
  const client = useGraphqlClient();
  const unit = ref<PickedUnit | null>(null);
  const draft = reactive<Draft>({ ...none });
  const shown = shallowRef<{ code: string; place: string; setFor: string | null } | null>(null);
  const problems = ref<Partial<Record<Field, string>>>({});
  const trouble = ref<string | null>(null);
  const state = ref<'IDLE' | 'SAVING' | 'SAVED'>('IDLE');
  const answer = useAnswer(ThresholdsDocument, () => ({ unitCode: unit.value?.code ?? null }));

  function show(masked: FragmentType<typeof ThresholdValuesFragmentDoc>): void {
    const found = getFragmentData(ThresholdValuesFragmentDoc, masked);
    Object.assign(draft, toDraft(found, plain));
    const setFor = found.setFor ? wholePlace(found.setFor) : null;
    shown.value = { code: found.unit.code, place: wholePlace(found.unit), setFor };
  }
  watch(answer.data, (data) => {
    problems.value = {};
    trouble.value = null;
    if (data) show(data.trafficThresholds);
    else shown.value = null;
  });
  watch(draft, () => state.value === 'SAVED' && (state.value = 'IDLE'));

  async function save(): Promise<void> {
    const read = readDraft(draft);
    const wrong = 'wrong' in read ? read.wrong : [];
    problems.value = Object.fromEntries(wrong.map((name) => [name, t('live.thresholds.noNumber')]));
    trouble.value = null;
    if ('wrong' in read || !shown.value) return;
    state.value = 'SAVING';
    const input = { unitCode: shown.value.code, ...read };
    const { data, problem } = await ask(client, 'mutation', SaveThresholdsDocument, { input });
    state.value = 'IDLE';
    if (data) return saved(data.saveTrafficThresholds);
    const told = toldOf(problem, fields);
    problems.value = told.problems;
    trouble.value = told.trouble;
  }
  function saved(values: FragmentType<typeof ThresholdValuesFragmentDoc>): void {
    show(values);
    // After the watcher of what was just shown.
    queueMicrotask(() => (state.value = 'SAVED'));
  }
  return { unit, draft, shown, problems, trouble, state, answer, save };
}
