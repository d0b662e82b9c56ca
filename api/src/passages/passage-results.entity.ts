import { createUnionType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Problem } from '../platform/graphql/field-problem.ts';
import { Citizen } from '../people/citizen.entity.ts';
import { Declaration } from '../declarations/declaration.entity.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { IdCard } from './id-card.entity.ts';
import { Flag, Passage, flagKinds } from './passage.entity.ts';
import { PassageRejection } from './passage.problems.ts';

registerEnumType(PassageRejection, {
  name: 'PassageRejection',
  description: 'Why a passage was not stored.',
  valuesConfig: {
    UNKNOWN_DECLARATION: {
      description: 'Not opened here and not of this province. Worth a retry: it may still be on its way.',
    },
    UNKNOWN_CITIZEN: { description: 'No such person in the province.' },
    INVALID_PASS: { description: 'The pass is not one that can be verified.' },
    CHECKPOINT_CLOSED: { description: 'The checkpoint was closed when the person passed.' },
    NOT_ASSIGNED: { description: 'The officer is not assigned to the checkpoint.' },
    TOO_OLD: { description: 'Over 14 days behind.' },
    IN_FUTURE: { description: 'Over 5 minutes ahead at receipt.' },
    ID_REUSED: { description: 'The id stands for another passage.' },
    ALREADY_CORRECTED: { description: 'What it corrects has a correction already; correct that one.' },
    INVALID: { description: 'Something is missing or wrong; the message says what.' },
  },
});

@ObjectType({ description: 'A passage that is stored.', simpleResolvers: true })
export class PassageRecorded {
  @Field(() => Passage, { description: 'The passage as stored.' })
  passage!: Passage;

  @Field(() => Boolean, { description: 'Whether it was stored before.' })
  duplicate!: boolean;
}

@ObjectType({ implements: Problem, description: 'A passage that was not stored.', simpleResolvers: true })
export class PassageRejected extends Problem {
  @Field(() => ID, { description: 'The id that was sent.' })
  id!: string;

  @Field(() => PassageRejection, { description: 'Why.' })
  code!: PassageRejection;
}

export const RecordPassageResult = createUnionType({
  name: 'RecordPassageResult',
  description: 'What became of one passage of a batch.',
  types: () => [PassageRecorded, PassageRejected] as const,
});

export const InvalidPassCode = {
  UNREADABLE: 'UNREADABLE',
  BAD_SIGNATURE: 'BAD_SIGNATURE',
  UNKNOWN_ISSUER: 'UNKNOWN_ISSUER',
  EXPIRED: 'EXPIRED',
  WITHDRAWN: 'WITHDRAWN',
  NOT_FOUND: 'NOT_FOUND',
} as const;
export type InvalidPassCode = keyof typeof InvalidPassCode;
registerEnumType(InvalidPassCode, {
  name: 'InvalidPassCode',
  description: 'Why what was scanned is no valid pass.',
  valuesConfig: {
    UNREADABLE: { description: 'Neither pass nor card, or damaged; the message says what it looks like.' },
    BAD_SIGNATURE: { description: 'Its signature is wrong: forged or altered.' },
    UNKNOWN_ISSUER: { description: 'Signed with a key that this server does not know.' },
    EXPIRED: { description: 'It no longer holds.' },
    WITHDRAWN: { description: 'The person withdrew the declaration.' },
    NOT_FOUND: { description: 'Nothing is known by it.' },
  },
});

@ObjectType({ description: 'A pass that holds.', simpleResolvers: true })
export class ValidPass {
  @Field(() => Declaration, { description: 'What was declared, whole: compare it with the card.' })
  declaration!: Declaration;

  @Field(() => Advice, { description: 'What the rules advise now.' })
  advice!: Advice;

  @Field(() => [String], { description: "Why, in the reader's language." })
  reasons!: string[];

  @Field(() => [Flag], { complexity: flagKinds, description: 'What stands out.' })
  flags!: Flag[];

  @Field(() => [Declaration], { description: 'Companions of the same submission, 50 at most.' })
  companions!: Declaration[];

  @Field(() => Passage, { nullable: true, description: 'The newest passage of the person in this province.' })
  lastPassage!: Passage | null;
}

@ObjectType({ implements: Problem, description: 'What was scanned is no valid pass.', simpleResolvers: true })
export class InvalidPass extends Problem {
  @Field(() => InvalidPassCode, { description: 'Why.' })
  code!: InvalidPassCode;

  @Field(() => Declaration, { nullable: true, description: 'The declaration, where the pass was genuine.' })
  declaration!: Declaration | null;
}

@ObjectType({
  description: 'Open declarations found by a typed ID or phone number; the officer picks by the card.',
  simpleResolvers: true,
})
export class FoundDeclarations {
  @Field(() => [Declaration], { description: 'Newest first, 20 at most.' })
  declarations!: Declaration[];

  @Field(() => Citizen, { nullable: true, description: 'The person, where all are of one.' })
  citizen!: Citizen | null;

  @Field(() => [Flag], { complexity: flagKinds, description: 'What stands out.' })
  flags!: Flag[];
}

export const ScanResult = createUnionType({
  name: 'ScanResult',
  description: 'What was read or typed turned out to be this.',
  types: () => [ValidPass, InvalidPass, IdCard, FoundDeclarations] as const,
});
