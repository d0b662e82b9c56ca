import { computed } from 'vue';
import { oneOf, type Codec } from '../../filters/filter-query.ts';
import { useConditions } from '../../filters/use-conditions.ts';
import { useColumns } from '../../lists/use-columns.ts';
import { useListAddress } from '../../lists/use-list-address.ts';
import { contactColumns } from './contact-columns.ts';
import { checkpointsOf, isAsked, type ContactOfCase } from './contacts.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const checkpointId: Codec<string> = {
  editor: 'OWN',
  read: (text) => (UUID.test(text) ? text : null),
  write: (value) => value,
};
const fields = {
  generation: oneOf('1', '2', '3', '4'),
  kind: oneOf('SAME_VEHICLE', 'SAME_CHECKPOINT', 'SAME_HOUSEHOLD', 'DECLARED'),
  checkpoint: checkpointId,
};

/** The contacts that the conditions in the address hold for. */
export function useContactList(contacts: () => readonly ContactOfCase[]) {
  const address = useListAddress(fields);
  const checkpoints = computed(() => checkpointsOf(contacts()));
  const nameOf = (id: string | undefined) => checkpoints.value.find(({ value }) => value === id)?.label ?? '…';
  const conditions = useConditions('contacts', fields, address, {
    checkpoint: (id) => computed(() => nameOf(id())),
  });
  const rows = computed(() => contacts().filter((contact) => isAsked(contact, address.filters.value)));
  const opened = computed(() => contacts().find(({ id }) => id === address.opened.value) ?? null);
  return { address, conditions, checkpoints, rows, opened, columns: useColumns('contacts', contactColumns) };
}
