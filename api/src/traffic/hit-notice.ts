import { z } from 'zod';
import { subjectsOf } from '../platform/bus/subject.ts';
import type { Hit } from './hits.queries.ts';

export const hitSubject = subjectsOf('hit');

const notice = z.object({ id: z.uuid(), at: z.coerce.date() });

export const readHitNotice = (subject: string, text: string): Hit => ({
  ...notice.parse(JSON.parse(text)),
  checkpointId: hitSubject.checkpointOf(subject),
});
