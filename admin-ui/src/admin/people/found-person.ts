import type { FoundBy, PersonRowFragment } from '../../gql/admin/graphql.ts';

/** A person as a search shows them, and why it found them. */
export type FoundPerson = PersonRowFragment & { foundBy: readonly FoundBy[] };
