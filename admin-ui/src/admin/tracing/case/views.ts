/** The ways to look at the contacts of a case, as they stand in the address. */
export const views = ['table', 'tree', 'graph'] as const;
export type View = (typeof views)[number];

export const readView = (text: unknown): View => views.find((view) => view === text) ?? 'table';
