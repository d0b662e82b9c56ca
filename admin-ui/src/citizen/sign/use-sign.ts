import { onMounted, shallowRef } from 'vue';
import { useGraphqlClient } from '../../session/graphql-client.ts';
import type { Draft, ReadSign } from '../form/draft.ts';

/** The form that was opened by the code on a checkpoint's sign: says where, and begins the destination there. */
export function useSign(draft: Draft, value: string | null) {
  const client = useGraphqlClient();
  const sign = shallowRef<ReadSign | null>(draft.sign ?? null);
  onMounted(async () => {
    if (value === null) return;
    const reading = await import('./read-sign.ts').catch(() => null);
    const read = (await reading?.readSign(client, value)) ?? null;
    if (!read) return;
    sign.value = read;
    // Where somebody goes is theirs to say: what stands there from before stays.
    if (read.kind === 'OPEN') draft.sign = read;
    else delete draft.sign;
  });
  return sign;
}
