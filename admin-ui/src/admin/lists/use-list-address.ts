import { computed } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { MOST_PAGES } from '../request/use-pages.ts';
import { readFilters, writeFilters, type Fields, type Filters } from '../filters/filter-query.ts';

/** All that a list shows stands in its address: conditions, search, how far down, the opened row. */
export function useListAddress<F extends Fields>(fields: F) {
  const route = useRoute();
  const router = useRouter();
  const own = route.name;
  const text = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : null);

  /** The same as before where another part of the address changed: nothing is counted or drawn anew for it. */
  const filters = computed<Filters<F>>((before) => {
    const next = readFilters(fields, route.query);
    return before && JSON.stringify(next) === JSON.stringify(before) ? before : next;
  });
  const search = computed(() => text('q')?.slice(0, 80) ?? '');
  const pages = computed(() => Math.min(MOST_PAGES, Math.max(1, Number.parseInt(text('pages') ?? '1', 10) || 1)));
  const opened = computed(() => text('open'));
  /** `new`, or the opened row's form. */
  const form = computed(() => text('form'));

  function query(changes: LocationQueryRaw): LocationQueryRaw {
    const whole = { ...route.query, ...changes };
    return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined && value !== ''));
  }
  const place = (changes: LocationQueryRaw) => ({ ...(own ? { name: own } : {}), query: query(changes) });

  const unfiltered = Object.fromEntries([...Object.keys(fields), 'pages'].map((key) => [key, undefined]));

  return {
    filters,
    search,
    pages,
    opened,
    form,
    /** The address with a row's panel open: rows link to it. */
    rowPlace: (id: string) => place({ open: id, form: undefined }),
    open: (id: string) => router.replace(place({ open: id, form: undefined })),
    close: () => router.push(place({ open: undefined, form: undefined })),
    openForm: (name: 'new' | 'edit') =>
      router.push(place(name === 'new' ? { form: name, open: undefined } : { form: name })),
    showMore: () => router.replace(place({ pages: pages.value + 1 })),
    searchFor: (typed: string) => router.replace(place({ q: typed.trim(), pages: undefined })),
    filterBy: (next: Filters<F>) => void router.push(place({ ...unfiltered, ...writeFilters(fields, next) })),
    /** Without any condition, what is searched for included. */
    widen: () => router.push(place({ ...unfiltered, q: undefined })),
  };
}
