import { Field, ObjectType } from 'type-graphql';
import { RoleEnum } from '../accounts/account.entity.ts';
import { DateTime } from '../platform/graphql/dates.ts';
import type { Role } from '../policy/viewer.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';

/** What the person who was looked at may know of it. The account has no field. */
@ObjectType({
  description:
    'A look at a person’s data, as that person sees it: which role of which unit and not who, or which partner app.',
  simpleResolvers: true,
})
export class Access {
  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => RoleEnum, { description: 'In which role.' })
  role!: Role;

  @Field(() => String, {
    nullable: true,
    description:
      'The name that the partner app had then, with the role PARTNER; its stated purpose is the reason. Else null.',
  })
  app!: string | null;

  @Field(() => AdministrativeUnit, { description: 'Where the account or app stands that looked.' })
  unit!: AdministrativeUnit;

  @Field(() => String, {
    description:
      'What was done: declarations.scan, declaration.read, declaration.record, declaration.submit, declarations.read, passages.read, and others as they come.',
  })
  action!: string;

  @Field(() => String, { nullable: true, description: 'The reason that was given, where one is asked for.' })
  reason!: string | null;
}
