import { reactive, ref } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { OpenCaseDocument } from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { ask } from '../../../session/ask.ts';
import { toldOf } from '../../request/told.ts';
import { caseFields, emptyCase, problemsOf, toInput, type CaseProblems } from './case-draft.ts';

/** A new case on somebody. Its id is made here once, so that one sent twice is opened once. */
export function useCaseForm(citizenId: string, justification: string) {
  const client = useGraphqlClient();
  const draft = reactive(emptyCase(justification));
  const id = newUuid7(serverNow());
  const problems = ref<CaseProblems>({});
  const trouble = ref<string | null>(null);
  const saving = ref(false);

  /** The id of the case; null when it was not opened, and why stands beside the fields. */
  async function open(): Promise<string | null> {
    problems.value = problemsOf(draft);
    trouble.value = null;
    if (Object.keys(problems.value).length > 0) return null;
    saving.value = true;
    const input = toInput(id, citizenId, draft);
    const { data, problem } = await ask(client, 'mutation', OpenCaseDocument, { input });
    saving.value = false;
    if (data) return data.openCase.id;
    const told = toldOf(problem, caseFields);
    problems.value = told.problems;
    trouble.value = told.trouble;
    return null;
  }
  return { draft, problems, trouble, saving, open };
}
