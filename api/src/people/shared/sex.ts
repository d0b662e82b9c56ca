export const Sex = { FEMALE: 'FEMALE', MALE: 'MALE', OTHER: 'OTHER' } as const;
export type Sex = keyof typeof Sex;
