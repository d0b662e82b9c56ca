import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';

@ObjectType({
  description: 'How far the audit trail of a province is sealed: entries are, 30 to 40 seconds after they were made.',
  simpleResolvers: true,
})
export class AuditSealing {
  @Field(() => AdministrativeUnit, { description: 'The province; the nation for what belongs to none.' })
  unit!: AdministrativeUnit;

  @Field(() => Int, { description: 'The number of the last block.' })
  block!: number;

  @Field(() => DateTime, { description: 'When it was sealed.' })
  sealedAt!: Date;

  @Field(() => DateTime, { description: 'Everything older than this is sealed.' })
  sealedTo!: Date;

  @Field(() => Int, { description: 'How many entries it holds.' })
  entries!: number;

  @Field(() => Int, { description: 'How many of them came after their time had been sealed.' })
  late!: number;

  @Field(() => String, { description: 'The name of the key that signed it.' })
  keyId!: string;
}
