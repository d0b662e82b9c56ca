import { reactive, ref, watch } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import {
  CreatePartnerAppDocument,
  IssuedSecretFragmentDoc,
  type IssuedSecretFragment,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { serverNow } from '../../session/server-clock.ts';
import type { PickedUnit } from '../../ui/picked-unit.ts';
import { ask } from '../../session/ask.ts';
import { toldOf } from '../request/told.ts';
import { t } from '../texts.ts';

const fields = ['name', 'purpose', 'unitCode', 'scopes'] as const;
type Problems = Partial<Record<(typeof fields)[number], string>>;

interface Draft {
  name: string;
  purpose: string;
  unit: PickedUnit | null;
  scopes: string[];
}

/** A new app. Its id is made here once, so that a save sent twice makes one. */
export function usePartnerAppForm() {
  const client = useGraphqlClient();
  const draft = reactive<Draft>({ name: '', purpose: '', unit: null, scopes: [] });
  const id = newUuid7(serverNow());
  const problems = ref<Problems>({});
  const trouble = ref<string | null>(null);
  const saving = ref(false);
  // What was put right is not told as wrong any more; the rest stays until it is sent again.
  watch(draft, () => {
    const still = missing(draft);
    problems.value = Object.fromEntries(Object.entries(problems.value).filter(([field]) => field in still));
  });

  /** The app with its secret; null when it was not made, and why stands beside the fields. */
  async function create(): Promise<IssuedSecretFragment | null> {
    problems.value = missing(draft);
    trouble.value = null;
    if (Object.keys(problems.value).length > 0 || !draft.unit) return null;
    const { name, purpose, scopes, unit } = draft;
    saving.value = true;
    const input = { id, name, purpose, scopes, unitCode: unit.code };
    const { data, problem } = await ask(client, 'mutation', CreatePartnerAppDocument, { input });
    saving.value = false;
    if (data) return getFragmentData(IssuedSecretFragmentDoc, data.createPartnerApp);
    const told = toldOf(problem, fields);
    problems.value = told.problems;
    trouble.value = told.trouble;
    return null;
  }
  return { draft, problems, trouble, saving, create };
}

const missing = ({ name, purpose, unit, scopes }: Draft): Problems => ({
  ...(!name.trim() && { name: t('partnerApps.missing.name') }),
  ...(!purpose.trim() && { purpose: t('partnerApps.missing.purpose') }),
  ...(!unit && { unitCode: t('partnerApps.missing.unit') }),
  ...(scopes.length === 0 && { scopes: t('partnerApps.missing.scopes') }),
});
