import { computed, reactive, ref, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import {
  RuleInWordsFragmentDoc,
  SaveZoneDocument,
  ZonePanelFragmentDoc,
  ZonesWholeDocument,
  type ZoneInput,
  type ZonePanelFragment,
} from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { formatDay } from '../../days.ts';
import { today } from '../../moments.ts';
import { ask } from '../../request/request.ts';
import { useAnswer } from '../../request/use-answer.ts';
import { t } from '../../texts.ts';
import { wholePlace } from '../../unit-place.ts';
import { toDraft } from '../rules/rule-draft.ts';
import { kept } from './kept-drafts.ts';
import { emptyDraft, problemsOf, sortProblems, toZoneInput, type Problems, type ZoneDraft } from './zone-draft.ts';

/** A new zone, or the one with that id. What is typed outlives the form until it is saved or given up. */
export function useZoneForm(id: string | null) {
  const client = useGraphqlClient();
  const { key, ownId } = kept(id, () => newUuid7(serverNow()));
  const draft = reactive<ZoneDraft>(key.draft ?? emptyDraft(formatDay(today())));
  const original = ref(key.original ?? JSON.stringify(draft));
  const problems = ref<Problems>({});
  const trouble = ref<string | null>(null);
  const saving = ref(false);
  const answer = useAnswer(ZonesWholeDocument, () => (id ? {} : null));
  const zone = computed(() => {
    const all = getFragmentData(ZonePanelFragmentDoc, answer.data.value?.zones ?? []);
    return all.find((each) => each.id === id && each.mayChange) ?? null;
  });
  watch(zone, (found) => {
    if (!found || key.draft) return;
    Object.assign(draft, fromZone(found));
    original.value = JSON.stringify(draft);
  });
  const changed = computed(() => JSON.stringify(draft) !== original.value);
  watch(
    draft,
    () => {
      key.draft = changed.value ? (JSON.parse(JSON.stringify(draft)) as ZoneDraft) : null;
      key.original = original.value;
    },
    { deep: true },
  );

  /** As it would be saved; null while something is wrong, which then stands beside its field. */
  function check(): ZoneInput | null {
    const found = Object.entries(problemsOf(draft)).map(([path, text]) => [path, t(text)]);
    problems.value = Object.fromEntries(found) as Problems;
    trouble.value = null;
    return toZoneInput(ownId, draft);
  }

  /** The saved one's id; null when it was not saved. */
  async function save(input: ZoneInput): Promise<string | null> {
    saving.value = true;
    const { data, problem } = await ask(client, 'mutation', SaveZoneDocument, { input });
    saving.value = false;
    if (data) return data.saveZone.id;
    const told = sortProblems(problem.fields);
    problems.value = told.problems;
    const inFields = Object.keys(told.problems).length > 0 && told.other.length === 0;
    if (!inFields) trouble.value = told.other.join(' ') || problem.message || t('problem.offline');
    return null;
  }
  return { draft, problems, trouble, saving, changed, zone, answer, check, save, forget: key.forget };
}

function fromZone(zone: ZonePanelFragment): ZoneDraft {
  const { name, level, units, startsOn, endsOn, contactName, contactPhone, entryRules, exitRules } = zone;
  return {
    name,
    level,
    units: units.map((unit) => ({ code: unit.code, path: wholePlace(unit) })),
    startsOn: formatDay(startsOn),
    endsOn: endsOn ? formatDay(endsOn) : '',
    contactName: contactName ?? '',
    contactPhone: contactPhone ?? '',
    entryRules: getFragmentData(RuleInWordsFragmentDoc, entryRules).map(toDraft),
    exitRules: getFragmentData(RuleInWordsFragmentDoc, exitRules).map(toDraft),
  };
}
