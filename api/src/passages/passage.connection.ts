import { connectionOf } from '../platform/graphql/connection.ts';
import { Passage } from './passage.entity.ts';

export const PassageConnection = connectionOf('Passage', () => Passage);
export type PassageConnection = InstanceType<typeof PassageConnection>;
