import { computed } from 'vue';
import { day, oneId, oneOf } from '../../filters/filter-query.ts';
import { useConditions } from '../../filters/use-conditions.ts';
import { useColumns } from '../../lists/use-columns.ts';
import { useListAddress } from '../../lists/use-list-address.ts';
import { contactColumns } from './contact-columns.ts';
import { checkpointsOf, contactTest, type ContactOfCase } from './contacts.ts';

const fields = {
  generation: oneOf('1', '2', '3', '4'),
  kind: oneOf('SAME_VEHICLE', 'SAME_CHECKPOINT', 'SAME_HOUSEHOLD', 'DECLARED'),
  checkpoint: oneId,
  from: day,
  to: day,
};

/** The contacts that the conditions in the address hold for. */
export function useContactList(contacts: () => readonly ContactOfCase[]) {
  const address = useListAddress(fields);
  const checkpoints = computed(() => checkpointsOf(contacts()));
  const nameOf = (id: string | undefined) => checkpoints.value.find(({ value }) => value === id)?.label ?? '…';
  const conditions = useConditions('contacts', fields, address, {
    checkpoint: (id) => computed(() => nameOf(id())),
  });
  const rows = computed(() => contacts().filter(contactTest(address.filters.value)));
  const opened = computed(() => contacts().find(({ id }) => id === address.opened.value) ?? null);
  return { address, conditions, checkpoints, rows, opened, columns: useColumns('contacts', contactColumns) };
}
export type ContactList = ReturnType<typeof useContactList>;
