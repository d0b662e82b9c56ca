export const Advice = { ADMIT: 'ADMIT', EXAMINE: 'EXAMINE', REFUSE: 'REFUSE' } as const;
export type Advice = keyof typeof Advice;

/** What a rule that is not met may lead to, worst first. */
export const failures = ['REFUSE', 'EXAMINE'] as const;
export type Failure = (typeof failures)[number];

const severity: Record<Advice, number> = { ADMIT: 0, EXAMINE: 1, REFUSE: 2 };

export const worse = (one: Advice, other: Advice): Advice => (severity[one] >= severity[other] ? one : other);
