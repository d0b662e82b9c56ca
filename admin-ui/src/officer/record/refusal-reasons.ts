import vi from '../texts/vi.json';

/** The six reasons that refusals have most often; any other is written. */
export const refusalReasons = ['CARD', 'FALSE', 'HEALTH', 'TEST', 'AREA', 'PURPOSE'] as const;

/** What is stored: in Vietnamese whatever the page's language, so that reports count one reason once. */
export function storedReason(reason: (typeof refusalReasons)[number]): string {
  return vi.refusal[reason];
}
