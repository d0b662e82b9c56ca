import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { FieldProblem, Problem } from '../platform/graphql/field-problem.ts';
import { Declaration } from './declaration.entity.ts';

/** What the person who declared holds: reaches this declaration and no further. qrPayload and qrSvg are made in passes/. */
@ObjectType({
  description: 'What the person who declared holds. It reaches this declaration only.',
  simpleResolvers: true,
})
export class Receipt {
  @Field(() => Declaration, { description: 'The declaration, whole.' })
  declaration!: Declaration;
}

@ObjectType({ description: 'A declaration that was stored, now or when it was sent before.', simpleResolvers: true })
export class DeclarationSubmitted {
  @Field(() => Declaration, { description: 'The declaration, whole.' })
  declaration!: Declaration;

  @Field(() => Receipt, { nullable: true, description: 'What to show at a checkpoint.' })
  receipt!: Receipt | null;
}

@ObjectType({
  implements: Problem,
  description:
    'A declaration that was not stored. Where one of a submission is invalid none is stored, and the faultless have no fields.',
  simpleResolvers: true,
})
export class InvalidDeclaration extends Problem {
  @Field(() => ID, { description: 'The id that was sent.' })
  id!: string;

  @Field(() => [FieldProblem], {
    description: 'What to change, a path at a time. Codes among others: CLOCK, ID_REUSED.',
  })
  fields!: FieldProblem[];
}

@ObjectType({
  implements: Problem,
  description:
    'None of the submission was stored yet: many arrive, or many are open under its number or phone. Send it again unchanged within 30 minutes with `work`: for each k from 0 to 15 a number n, so that SHA-256 of 40 bytes (the challenge, k, n; k and n as 4 bytes, big-endian) begins with `bits` zero bits.',
  simpleResolvers: true,
})
export class WorkRequired extends Problem {
  @Field(() => ID, { description: 'The id that was sent.' })
  id!: string;

  @Field(() => String, {
    description: '32 bytes, base64url: the same for all of a submission, and of use for no other content.',
  })
  challenge!: string;

  @Field(() => Int, { description: 'How many zero bits each of the 16 hashes begins with.' })
  bits!: number;
}

export const SubmitDeclarationResult = createUnionType({
  name: 'SubmitDeclarationResult',
  description: 'What became of one declaration of a submission.',
  types: () => [DeclarationSubmitted, InvalidDeclaration, WorkRequired] as const,
});
