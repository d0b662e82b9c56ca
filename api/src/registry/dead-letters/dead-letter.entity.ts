import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { DateTime } from '../../platform/graphql/dates.ts';
import { RegistryFailure } from '../registry-port.ts';

@ObjectType({
  description:
    'A look-up in the population database that was given up after too many tries. It shows nobody: a person of this id, and where they passed.',
  simpleResolvers: true,
})
export class RegistryDeadLetter {
  @Field(() => ID, { description: 'The id of the citizen whom it was about; for retryRegistryChecks.' })
  id!: string;

  @Field(() => RegistryFailure, {
    nullable: true,
    description: 'Why the last try gave no answer; null where an earlier verdict still stands.',
  })
  failure!: RegistryFailure | null;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => DateTime, { description: 'When it was given up.' })
  since!: Date;

  /** Where they passed last: a field of dead-letters.resolver.ts. */
  checkpointId!: string;
}

export const RegistryDeadLetterConnection = connectionOf('RegistryDeadLetter', () => RegistryDeadLetter);
export type RegistryDeadLetterConnection = InstanceType<typeof RegistryDeadLetterConnection>;
