import { computed } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { AuditRowFragmentDoc, AuditTrailDocument } from '../../gql/admin/graphql.ts';
import { useAnswer } from '../request/use-answer.ts';
import { shortId } from './audit-words.ts';

/** The name of the account whose id stands in an address: its newest entry knows it. */
export function useActorName(id: () => string | undefined) {
  const { data } = useAnswer(AuditTrailDocument, () => {
    const actorId = id();
    return actorId ? { filter: { actorId }, first: 1 } : null;
  });
  return computed(() => {
    const node = data.value?.auditTrail.edges[0]?.node;
    return node ? getFragmentData(AuditRowFragmentDoc, node).actor : shortId(id() ?? '');
  });
}
