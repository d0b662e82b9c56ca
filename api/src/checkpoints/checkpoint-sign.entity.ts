import { Field, ObjectType } from 'type-graphql';
import { AdministrativeUnit } from '../territory/unit.entity.ts';

@ObjectType({
  description: 'What the sign at a checkpoint says in public, and whether it still holds.',
  simpleResolvers: true,
})
export class CheckpointSign {
  @Field(() => String, { description: 'The checkpoint’s name as people know it.' })
  name!: string;

  @Field(() => AdministrativeUnit, {
    description: 'The unit it stands in: where a declaration’s destination may begin.',
  })
  unit!: AdministrativeUnit;

  @Field(() => Boolean, { description: 'Whether the checkpoint is open now; a sign may hang longer than that.' })
  open!: boolean;
}
