import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** What is late comes first, so that is what one sees without asking. */
export const followUpLists = ['OVERDUE', 'IN_TIME', 'ALL'] as const;
export type FollowUpList = (typeof followUpLists)[number];

/** Which of the lists is shown stands in the address. */
export function useFollowUpList() {
  const route = useRoute();
  const router = useRouter();
  const shown = computed(() => followUpLists.find((list) => list === route.query['list']) ?? 'OVERDUE');
  const show = (list: FollowUpList) =>
    void router.push({ query: { ...route.query, list, pages: undefined, open: undefined } });
  return { shown, show };
}

export const overdueOf = (list: FollowUpList): boolean | null => (list === 'ALL' ? null : list === 'OVERDUE');
