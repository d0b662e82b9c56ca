import { computed } from 'vue';
import { getFragmentData } from '../../gql/admin/fragment-masking.ts';
import { ZoneRowFragmentDoc, ZonesDocument } from '../../gql/admin/graphql.ts';
import { today } from '../moments.ts';
import { useAnswer } from '../request/use-answer.ts';
import { t } from '../texts.ts';
import { inOrder } from '../zones/zone-state.ts';

/** The epidemic zones to narrow a list to: those in force first. */
export function useZoneChoices(asked: () => boolean = () => true) {
  const { data, problem, again } = useAnswer(ZonesDocument, () => (asked() ? {} : null));
  const zones = computed(() =>
    inOrder(getFragmentData(ZoneRowFragmentDoc, data.value?.zones ?? []), today()).map(({ id, name }) => ({
      value: id,
      label: name,
    })),
  );
  const loaded = computed(() => data.value !== null);
  return { zones, loaded, problem, again };
}

/** The name of the zone whose id stands in an address. */
export function useZoneName(id: () => string | undefined) {
  const { zones } = useZoneChoices(() => id() !== undefined);
  return computed(() => zones.value.find(({ value }) => value === id())?.label ?? t('arrivals.someZone'));
}
