import { z } from 'zod';
import type { Hit } from './hits.queries.ts';

/** hit.38.0190…: the province and the checkpoint. */
export const hitSubject = {
  prefix: 'hit.',
  of: (province: string, checkpointId: string) => `hit.${province}.${checkpointId}`,
  provinceOf: (subject: string) => subject.split('.')[1] ?? '',
};

const notice = z.object({ id: z.uuid(), at: z.coerce.date() });

export const readHitNotice = (subject: string, text: string): Hit => ({
  ...notice.parse(JSON.parse(text)),
  checkpointId: subject.split('.')[2] ?? '',
});
