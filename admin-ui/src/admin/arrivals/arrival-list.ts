import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { ArrivalCountsQuery, ArrivalList } from '../../gql/admin/graphql.ts';
import { formatNumber } from '../moments.ts';

const MOST_COUNTED = 10_000;

export const arrivalLists = [
  'INSIDE',
  'COMING',
  'NOT_REPORTED',
  'OVERSTAYING',
  'LEFT',
] as const satisfies ArrivalList[];

const counted = {
  INSIDE: 'inside',
  COMING: 'coming',
  NOT_REPORTED: 'notReported',
  OVERSTAYING: 'overstaying',
  LEFT: 'left',
} as const;

/** How many a list holds; the API counts to ten thousand. */
export function countOf(counts: ArrivalCountsQuery['arrivalCounts'], list: ArrivalList): string {
  const count = counts[counted[list]];
  return typeof count === 'number' ? formatNumber(count) : `${formatNumber(MOST_COUNTED)}+`;
}

/** Which arrivals are shown: in the address, so that it is what a reload and a link show too. */
export function useArrivalList() {
  const route = useRoute();
  const router = useRouter();
  const shown = computed(() => arrivalLists.find((list) => list === route.query['show']) ?? 'INSIDE');
  const show = (list: ArrivalList) =>
    router.push({ name: 'arrivals', query: { ...route.query, show: list, open: undefined, pages: undefined } });
  return { shown, show };
}
