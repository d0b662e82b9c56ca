import { computed } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { isDay } from '../days.ts';

/** What the page shows stands in its address: the unit that is open, what is searched for, and the day. */
export function useUnitsAddress() {
  const route = useRoute();
  const router = useRouter();
  const text = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : null);
  const opened = computed(() => text('open'));
  const search = computed(() => text('q')?.slice(0, 80) ?? '');
  const at = computed(() => {
    const day = text('at');
    return day && isDay(day) ? day : null;
  });

  function place(changes: LocationQueryRaw) {
    const whole = Object.entries({ ...route.query, ...changes });
    return { name: 'units', query: Object.fromEntries(whole.filter(([, value]) => value)) };
  }
  return {
    ...{ opened, search, at },
    place: (id: string) => place({ open: id }),
    open: (id: string) => router.replace(place({ open: id })),
    close: () => router.push(place({ open: undefined })),
    searchFor: (typed: string) => router.replace(place({ q: typed.trim() })),
    show: (day: string | null) => router.push(place({ at: day, open: undefined })),
  };
}
