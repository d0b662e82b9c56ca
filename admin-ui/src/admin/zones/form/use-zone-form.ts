import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import {
  RuleInWordsFragmentDoc,
  SaveZoneDocument,
  ZonePanelFragmentDoc,
  ZonesWholeDocument,
  type RuleInWordsFragment,
  type ZoneInput,
  type ZonePanelFragment,
} from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { formatDay } from '../../days.ts';
import { today } from '../../moments.ts';
import { ask } from '../../../session/ask.ts';
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
  const tried = ref(false);
  const told = shallowRef<{ of: string; problems: Problems }>({ of: '', problems: {} });
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

  const input = computed(() => toZoneInput(ownId, draft, today()));
  /** After the first try each problem goes as soon as it is mended; what the server told, as soon as anything is changed. */
  const problems = computed<Problems>(() => {
    const own = tried.value ? problemsOf(draft) : {};
    const said = Object.entries(own).map(([path, text]) => [path, t(text)]);
    const servers = told.value.of === JSON.stringify(draft) ? told.value.problems : {};
    return { ...servers, ...(Object.fromEntries(said) as Problems) };
  });

  /** As it would be saved; null while something is wrong, which then stands beside its field. */
  function check(): ZoneInput | null {
    tried.value = true;
    trouble.value = null;
    return input.value;
  }

  /** The saved one's id; null when it was not saved. */
  async function save(wanted: ZoneInput): Promise<string | null> {
    saving.value = true;
    const { data, problem } = await ask(client, 'mutation', SaveZoneDocument, { input: wanted });
    saving.value = false;
    if (data) return data.saveZone.id;
    const sorted = sortProblems(problem.fields);
    told.value = { of: JSON.stringify(draft), problems: sorted.problems };
    const inFields = Object.keys(sorted.problems).length > 0 && sorted.other.length === 0;
    if (!inFields) trouble.value = sorted.other.join(' ') || problem.message || t('problem.offline');
    return null;
  }
  return { draft, problems, trouble, saving, changed, zone, answer, input, check, save, forget: key.forget };
}

const toRuleDraft = (rule: RuleInWordsFragment) => toDraft(rule, new Date(serverNow()));

function fromZone(zone: ZonePanelFragment): ZoneDraft {
  const { name, level, units, startsOn, endsOn, contactName, contactPhone, entryRules, exitRules } = zone;
  return {
    name,
    level,
    units: units.map((unit) => ({ id: unit.id, path: wholePlace(unit) })),
    startsOn: formatDay(startsOn),
    endsOn: endsOn ? formatDay(endsOn) : '',
    contactName: contactName ?? '',
    contactPhone: contactPhone ?? '',
    entryRules: getFragmentData(RuleInWordsFragmentDoc, entryRules).map(toRuleDraft),
    exitRules: getFragmentData(RuleInWordsFragmentDoc, exitRules).map(toRuleDraft),
  };
}
