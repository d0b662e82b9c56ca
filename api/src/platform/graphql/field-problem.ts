import { Field, InterfaceType, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What is wrong with one field of an input.', simpleResolvers: true })
export class FieldProblem {
  @Field(() => String, { description: 'The path inside the input: person.idNumber.' })
  path!: string;

  @Field(() => String, { description: 'A stable code, for programs.' })
  code!: string;

  @Field(() => String, { description: "What to do, in the reader's language." })
  message!: string;
}

/** An outcome that the caller must handle, as data. */
@InterfaceType({
  description: 'An outcome that the caller must handle: data, not an error.',
  resolveType: () => undefined,
})
export abstract class Problem {
  @Field(() => String, { description: "What happened and what to do, in the reader's language." })
  message!: string;
}
