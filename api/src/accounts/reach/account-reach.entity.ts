import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Checkpoint } from '../../checkpoints/checkpoint.entity.ts';
import type { PeopleShown } from '../../policy/people-shown.ts';
import type { Reach } from '../../policy/policy.ts';
import { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { Account } from '../account.entity.ts';

const ReachEnum = {
  JURISDICTION: 'JURISDICTION',
  OWN_CHECKPOINTS: 'OWN_CHECKPOINTS',
} as const satisfies Record<Reach, Reach>;
registerEnumType(ReachEnum, {
  name: 'Reach',
  description: 'How far an action goes.',
  valuesConfig: {
    JURISDICTION: { description: 'The unit and all below it.' },
    OWN_CHECKPOINTS: { description: 'Only the checkpoints that the account is assigned to.' },
  },
});

const PeopleShownEnum = {
  WHOLE: 'WHOLE',
  OWN_SHIFT: 'OWN_SHIFT',
  MASKED: 'MASKED',
  NONE: 'NONE',
} as const satisfies Record<PeopleShown, PeopleShown>;
registerEnumType(PeopleShownEnum, {
  name: 'PeopleShown',
  description: 'How an action shows people.',
  valuesConfig: {
    WHOLE: { description: 'Names, numbers and addresses whole.' },
    OWN_SHIFT: { description: 'Whole for a day after the account recorded them itself, masked otherwise.' },
    MASKED: { description: 'Family name and initials, the last three digits, the district.' },
    NONE: { description: 'It shows nobody.' },
  },
});

@ObjectType({ description: 'One action of the policy, judged for an account.', simpleResolvers: true })
export class ActionReach {
  @Field(() => String, { description: 'Its name, as in Viewer.permissions: checkpoint.save.' })
  action!: string;

  @Field(() => Boolean, { description: 'Whether a role of the account allows it.' })
  allowed!: boolean;

  @Field(() => ReachEnum, { nullable: true, description: 'How far; null where it is not allowed.' })
  reach!: Reach | null;

  @Field(() => PeopleShownEnum, { description: 'How it shows people there.' })
  people!: PeopleShown;

  @Field(() => String, { description: "All of this as a sentence, in the reader's language." })
  sentence!: string;
}

@ObjectType({
  description: 'What one account can see and do: the policy, asked for it as for each of its requests.',
  simpleResolvers: true,
})
export class AccountReach {
  @Field(() => Account, { description: 'The account.' })
  account!: Account;

  @Field(() => AdministrativeUnit, { description: 'The unit of its jurisdiction, which has all units below too.' })
  unit!: AdministrativeUnit;

  @Field(() => [Checkpoint], { description: 'What OWN_CHECKPOINTS are.' })
  checkpoints!: Checkpoint[];

  @Field(() => String, {
    nullable: true,
    description: 'Why none of it works now: suspended, a first password, a second factor to set up. Null: it works.',
  })
  waitsFor!: string | null;

  @Field(() => [ActionReach], { description: 'Every action that the policy knows, those that are not allowed too.' })
  actions!: ActionReach[];
}
