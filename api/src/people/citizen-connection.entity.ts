import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo, type Connection, type Edge } from '../platform/graphql/connection.ts';
import { Citizen } from './citizen.entity.ts';
import { FoundBy } from './search/rank-people.ts';

registerEnumType(FoundBy, {
  name: 'FoundBy',
  description: 'Why a search found a person.',
  valuesConfig: {
    NUMBER: { description: 'One of the ID numbers or the passport is theirs.' },
    PHONE: { description: 'They declared with this phone number.' },
    CODE: { description: 'The declaration with this code is theirs.' },
    SAME_NAME: { description: 'The whole name, letter for letter but for diacritics.' },
    LIKE_NAME: { description: 'Some of the name, its words in another order, or almost the same letters.' },
    BIRTH_DATE: { description: 'The birth date, or the same with day and month in each other’s place.' },
    BIRTH_YEAR: { description: 'The year of birth.' },
  },
});

@ObjectType({ description: 'One Citizen on a page.', simpleResolvers: true })
export class CitizenEdge implements Edge<Citizen> {
  @Field(() => String, { description: 'Opaque; stays valid while rows are added.' })
  cursor!: string;

  @Field(() => Citizen, { description: 'The Citizen itself.' })
  node!: Citizen;

  @Field(() => [FoundBy], { description: 'Why a search found them; empty in lists that search nobody.' })
  foundBy!: FoundBy[];
}

@ObjectType({ description: 'A page of Citizen rows, in a fixed order.', simpleResolvers: true })
export class CitizenConnection implements Omit<Connection<Citizen>, 'total'> {
  @Field(() => [CitizenEdge], { description: 'The rows of this page.' })
  edges!: CitizenEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description: 'How many there are in all; null where there are too many to tell.',
  })
  totalCount!: number | null;
}
