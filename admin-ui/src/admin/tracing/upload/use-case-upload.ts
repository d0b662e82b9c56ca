import { computed, ref, shallowRef } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import { getFragmentData } from '../../../gql/admin/fragment-masking.ts';
import {
  UploadCasesDocument,
  UploadedRowFragmentDoc,
  type CaseUploadVerdict,
  type UploadedRowFragment,
} from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { reasonProblem } from '../../reason/reason-problem.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';
import { toBase64 } from '../../sheets/to-base64.ts';
import { t } from '../../texts.ts';

export const verdicts: readonly CaseUploadVerdict[] = [
  ...(['INVALID', 'AMBIGUOUS', 'NOT_FOUND'] as const),
  ...(['OPEN_ALREADY', 'OPENED'] as const),
];

/** A list of cases: a file and a reason, sent under one id, so that what is sent again opens nothing twice. */
export function useCaseUpload() {
  const client = useGraphqlClient();
  const file = shallowRef<File | null>(null);
  const justification = ref('');
  const errors = ref<{ file?: string | null; justification?: string | null }>({});
  const trouble = ref<string | null>(null);
  const busy = ref(false);
  const answered = shallowRef<readonly UploadedRowFragment[] | null>(null);
  let id = newUuid7(serverNow());
  /** What a person has to look at comes first. */
  const rows = computed(() =>
    answered.value?.toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) || a.row - b.row),
  );

  /** Another file is another list. */
  function choose(chosen: File): void {
    [file.value, id] = [chosen, newUuid7(serverNow())];
    errors.value = { ...errors.value, file: null };
    trouble.value = null;
  }

  async function send(): Promise<void> {
    if (busy.value) return;
    trouble.value = null;
    errors.value = {
      file: file.value ? null : t('tracing.upload.noFile'),
      justification: reasonProblem(justification.value),
    };
    if (!file.value || errors.value.justification) return;
    busy.value = true;
    const content = await toBase64(file.value).catch(() => null);
    if (content) await request(content);
    else errors.value = { file: t('sheets.tooLarge') };
    busy.value = false;
  }

  async function request(content: string): Promise<void> {
    const wanted = { id, file: content, justification: justification.value.trim() };
    const { data, problem } = await ask(client, 'mutation', UploadCasesDocument, wanted);
    if (problem) return void (trouble.value = troubleOf(problem));
    const result = data.uploadCases;
    if (result.__typename === 'CaseUpload') answered.value = getFragmentData(UploadedRowFragmentDoc, result.rows);
    else errors.value = { file: result.message };
  }

  function another(): void {
    [file.value, answered.value, id] = [null, null, newUuid7(serverNow())];
  }
  return { file, justification, errors, trouble, busy, rows, choose, send, another };
}
