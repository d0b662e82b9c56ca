import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { AddressInput } from '../people/address.entity.ts';
import { PersonInput } from '../people/person.entity.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { Channel, Symptom, TravelPurpose, VehicleKind } from './shared/declaration-draft.ts';

@InputType({ description: 'A journey as it is declared.' })
export class JourneyInput {
  @Field(() => TravelPurpose, { description: 'Why.' })
  purpose!: TravelPurpose;

  @Field(() => String, { description: 'Official code of the unit it begins in, as of today; any level.' })
  originCode!: string;

  @Field(() => String, {
    description: 'Official code of the unit it leads to, as of today; any level below the nation.',
  })
  destinationCode!: string;

  @Field(() => AddressInput, { description: 'The address there; its commune lies in destinationCode.' })
  destinationAddress!: AddressInput;

  @Field(() => DateTime, { description: 'When it begins: at most 14 days ago, at most 30 days ahead.' })
  departsAt!: Date;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      'The last day that the person means to stay, if they know: no day before departsAt, at most a year ahead.',
  })
  staysUntil?: string | null;

  @Field(() => VehicleKind, { description: 'By what.' })
  vehicle!: VehicleKind;

  @Field(() => String, { nullable: true, description: 'The plate; needed for a car, coach or lorry.' })
  plate?: string | null;
}

@InputType({ description: 'Answers on health, of the last 14 days.' })
export class HealthAnswersInput {
  @Field(() => [Symptom], { description: 'Symptoms; none is an empty list.' })
  symptoms!: Symptom[];

  @Field(() => Boolean, { description: 'Contact with a case or suspect.' })
  contactWithCase!: boolean;

  @Field(() => Boolean, { description: 'Contact with a person with symptoms.' })
  contactWithSymptomatic!: boolean;

  @Field(() => Boolean, { description: 'Contact with a person from an affected area.' })
  contactFromAffectedArea!: boolean;

  @Field(() => Boolean, { description: 'Was in an epidemic area.' })
  visitedEpidemicArea!: boolean;

  @Field(() => [String], { description: 'Official codes of the units visited, at most 20.' })
  visitedUnitCodes!: string[];

  @Field(() => DateTime, { nullable: true, description: 'When the last test was taken.' })
  testedAt?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was negative; together with testedAt.' })
  testNegative?: boolean | null;

  @Field(() => Int, { description: 'Doses of vaccine so far, 0 to 10.' })
  vaccineDoses!: number;
}

@InputType({ description: 'One declaration of a submission.' })
export class DeclarationInput {
  @Field(() => ID, {
    description:
      "UUIDv7 by the server's clock (offset from the Date header); over 1 h ahead or 14 days behind is InvalidDeclaration with code CLOCK.",
  })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Made by the client: <province of destination>.<128 random bits, base64url>; obligatory online and through a partner app. The server keeps its SHA-256.',
  })
  receiptSecret?: string | null;

  @Field(() => PersonInput, { description: 'The person.' })
  person!: PersonInput;

  @Field(() => JourneyInput, { description: 'The journey.' })
  journey!: JourneyInput;

  @Field(() => HealthAnswersInput, { description: 'The answers on health.' })
  health!: HealthAnswersInput;

  @Field(() => AddressInput, {
    nullable: true,
    description: "Where the person stays; absent: the destination's address.",
  })
  stayAddress?: AddressInput | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether somebody else declares for the person.',
  })
  onBehalf?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Number of the paper form: 1 to 40 letters, digits, dots, dashes and slashes. Only with recordPaperDeclaration; unique in the checkpoint’s province.',
  })
  paperFormNumber?: string | null;
}

@InputType({ description: 'Which declarations to list. Ranges are [from, to).' })
export class DeclarationFilter {
  @Field(() => DateTime, { nullable: true, description: 'Submitted at or after.' })
  submittedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Submitted before.' })
  submittedTo?: Date | null;

  @Field(() => String, { nullable: true, description: 'From this unit or one below it, by official code.' })
  originCode?: string | null;

  @Field(() => String, { nullable: true, description: 'To this unit or one below it, by official code.' })
  destinationCode?: string | null;

  @Field(() => Advice, { nullable: true, description: 'Advised so at submission.' })
  advice?: Advice | null;

  @Field(() => Channel, { nullable: true, description: 'Came this way.' })
  channel?: Channel | null;

  @Field(() => ID, { nullable: true, description: 'Of this citizen.' })
  citizenId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a passage was recorded on it.' })
  passed?: boolean | null;
}

@InputType({ description: 'Work done for a submission that was answered with WorkRequired.' })
export class WorkInput {
  @Field(() => String, { description: 'The challenge, as it was given.' })
  challenge!: string;

  @Field(() => [Int], { description: '16 numbers, one for each piece of the work, in order.' })
  answers!: number[];
}
