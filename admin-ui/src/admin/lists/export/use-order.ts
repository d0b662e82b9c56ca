import { ref, shallowRef } from 'vue';
import { newUuid7 } from '#api/platform/shared/uuid7.ts';
import {
  RequestDeclarationExportDocument,
  RequestPassageExportDocument,
  type DeclarationFilter,
  type ExportFormat,
  type PassageFilter,
} from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { serverNow } from '../../../session/server-clock.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';

/** Which rows are ordered: a list's conditions, as they are when its dialog opens. */
export type Ordered = { kind: 'passages'; filter: PassageFilter } | { kind: 'declarations'; filter: DeclarationFilter };

/** Orders a file of all rows. Pressed again after an outage it is the same order. */
export function useOrder(ordered: () => Ordered) {
  const client = useGraphqlClient();
  const busy = ref(false);
  const isOrdered = ref(false);
  const trouble = shallowRef<string | null>(null);
  let sent: { id: string; as: string } | null = null;

  const request = (more: { id: string; format: ExportFormat; reason: string }) => {
    const { kind, filter } = ordered();
    return kind === 'passages'
      ? ask(client, 'mutation', RequestPassageExportDocument, { ...more, filter })
      : ask(client, 'mutation', RequestDeclarationExportDocument, { ...more, filter });
  };

  async function send(format: ExportFormat, reason: string): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const as = JSON.stringify([format, reason]);
    sent = sent?.as === as ? sent : { id: newUuid7(serverNow()), as };
    const { data, problem } = await request({ id: sent.id, format, reason });
    busy.value = false;
    trouble.value = problem && troubleOf(problem);
    isOrdered.value = data !== null;
  }
  return { busy, isOrdered, trouble, send };
}
