import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { ArrivalList } from '../../gql/admin/graphql.ts';

export const arrivalLists = [
  'INSIDE',
  'COMING',
  'NOT_REPORTED',
  'OVERSTAYING',
  'LEFT',
] as const satisfies ArrivalList[];

/** Which arrivals are shown: in the address, so that it is what a reload and a link show too. */
export function useArrivalList() {
  const route = useRoute();
  const router = useRouter();
  const shown = computed(() => arrivalLists.find((list) => list === route.query['show']) ?? 'INSIDE');
  const show = (list: ArrivalList) =>
    router.push({ name: 'arrivals', query: { ...route.query, show: list, open: undefined, pages: undefined } });
  return { shown, show };
}
