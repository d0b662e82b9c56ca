import { shallowRef } from 'vue';
import type { PersonToPickFragment } from '../../../gql/admin/graphql.ts';

/** Whom a case is about to be opened on, with the reason, from a page that shows them already: nobody stands in an address. */
export const personAtHand = shallowRef<{ person: PersonToPickFragment; reason: string } | null>(null);
