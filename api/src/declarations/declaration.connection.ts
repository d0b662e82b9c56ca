import { connectionOf } from '../platform/graphql/connection.ts';
import { Declaration } from './declaration.entity.ts';

export const DeclarationConnection = connectionOf('Declaration', () => Declaration);
export type DeclarationConnection = InstanceType<typeof DeclarationConnection>;
