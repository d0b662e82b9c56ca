import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import {
  DiscardExportDocument,
  ExportLinkDocument,
  ExportRowFragmentDoc,
  ExportsDocument,
  type ExportRowFragment,
} from '../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import { fetchFrom } from '../../ui/save-file.ts';
import { ask } from '../../session/ask.ts';
import { troubleOf } from '../request/trouble.ts';
import { useAnswer } from '../request/use-answer.ts';
import { t } from '../texts.ts';

const LOOK_AGAIN_MS = 1_000;
const LOOK_SELDOM_MS = 30_000;

export const isUnderWay = ({ status }: ExportRowFragment): boolean => status === 'QUEUED' || status === 'RUNNING';

/** The own files; while one is being made the page asks each second how far it is. */
export function useExports() {
  const client = useGraphqlClient();
  const { data, problem, busy, again } = useAnswer(ExportsDocument, () => ({}));
  const files = computed(() => getFragmentData(ExportRowFragmentDoc, data.value?.exports ?? []));
  const trouble = shallowRef<string | null>(null);
  /** The file that something is done about. */
  const at = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = false;
  onScopeDispose(() => {
    left = true;
    clearTimeout(timer);
  });

  async function look(): Promise<void> {
    if (data.value && !document.hidden) await again();
    clearTimeout(timer);
    if (left) return;
    const often = files.value.some(isUnderWay);
    timer = setTimeout(() => void look(), often ? LOOK_AGAIN_MS : LOOK_SELDOM_MS);
  }
  timer = setTimeout(() => void look(), LOOK_AGAIN_MS);

  /** The link lives for minutes: a new one for each press. */
  async function fetchFile({ id }: ExportRowFragment): Promise<void> {
    if (at.value) return;
    at.value = id;
    const answer = await ask(client, 'query', ExportLinkDocument, { id });
    at.value = null;
    const url = answer.data?.export?.url;
    trouble.value = answer.problem ? troubleOf(answer.problem) : url ? null : t('exports.gone');
    if (url) fetchFrom(url);
    else await look();
  }
  async function discard({ id }: ExportRowFragment): Promise<void> {
    if (at.value) return;
    at.value = id;
    const { problem: failed } = await ask(client, 'mutation', DiscardExportDocument, { id });
    at.value = null;
    trouble.value = failed && troubleOf(failed);
    await look();
  }
  return { files, data, problem, busy, again, at, trouble, fetchFile, discard };
}
