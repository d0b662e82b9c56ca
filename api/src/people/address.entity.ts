import { Field, InputType, ObjectType } from 'type-graphql';
import { AdministrativeUnit } from '../territory/unit.entity.ts';

@ObjectType({
  description: 'An address: a line and the commune it lies in; masked, only the district.',
  simpleResolvers: true,
})
export class Address {
  @Field(() => String, {
    nullable: true,
    description: 'House, street, hamlet, at most 255 characters; null where masked.',
  })
  line!: string | null;

  @Field(() => AdministrativeUnit, { description: 'The commune; its district where masked.' })
  unit!: AdministrativeUnit;
}

@InputType({ description: 'An address as it is declared.' })
export class AddressInput {
  @Field(() => String, { description: 'House, street, hamlet, at most 255 characters.' })
  line!: string;

  @Field(() => String, { description: 'Official code of the commune, as of today.' })
  unitCode!: string;
}
