import { Field, ID, ObjectType } from 'type-graphql';
import { Person } from './person.entity.ts';
import { PersonView, type PersonRow, type ReaderView } from './person-view.service.ts';

export interface CitizenRow extends PersonRow {
  province_code: string;
  id: string;
}

/** A person known in a province. An online form creates one and changes none. */
@ObjectType({
  description: 'A person known in a province, as a card, an officer or the registry confirmed, or as first declared.',
  simpleResolvers: true,
})
export class Citizen extends Person {
  @Field(() => ID, { description: 'Opaque; the same person has another id in another province.' })
  id!: string;
}

/** A citizen as one reader sees it. */
export class CitizenView extends PersonView implements Citizen {
  readonly id: string;
  readonly key: { province: string; id: string };
  /** Another person, shown as this one is. */
  readonly alike: (row: CitizenRow) => CitizenView;

  constructor(row: CitizenRow, view: ReaderView, whole: boolean) {
    super(row, view, whole);
    this.id = row.id;
    this.key = { province: row.province_code, id: row.id };
    this.alike = (other) => new CitizenView(other, view, whole);
  }
}
