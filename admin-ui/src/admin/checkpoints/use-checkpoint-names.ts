import { computed } from 'vue';
import { CheckpointChoicesDocument } from '../../gql/admin/graphql.ts';
import { useAnswer } from '../request/use-answer.ts';
import { t } from '../texts.ts';

/** "Cầu Ghép", "Cầu Ghép và 2 chốt khác": the checkpoints whose ids stand in an address. */
export function useCheckpointNames(ids: () => readonly string[] | undefined) {
  const { data } = useAnswer(CheckpointChoicesDocument, () => (ids()?.length ? {} : null));
  return computed(() => {
    const wanted = ids() ?? [];
    const first = data.value?.checkpoints.edges.find(({ node }) => wanted.includes(node.id))?.node.name;
    if (!first) return t('checkpoints.some', { count: wanted.length });
    return wanted.length > 1 ? t('checkpoints.andOthers', { name: first, count: wanted.length - 1 }) : first;
  });
}
