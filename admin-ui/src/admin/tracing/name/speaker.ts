import { shallowRef } from 'vue';

/** Which contact tells whom they met, from the page that shows them: nobody's name stands in an address. Null: the case itself. */
export const speaker = shallowRef<{ id: string; name: string } | null>(null);
