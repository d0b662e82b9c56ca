import { Field, ObjectType } from 'type-graphql';
import { LocalDate } from '../platform/graphql/dates.ts';
import { BirthDate, IdNumber } from './identifier.scalars.ts';
import { Sex } from './shared/sex.ts';

/** Whom the code of a card names, as it says. */
@ObjectType({ simpleResolvers: true })
export abstract class CardHolder {
  @Field(() => IdNumber, { nullable: true, description: 'The number; null where a personal QR names a passport.' })
  idNumber!: string | null;

  @Field(() => IdNumber, { nullable: true, description: 'The number before it (CMND), where the card names one.' })
  formerIdNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'The passport number that a personal QR names.' })
  passportNumber!: string | null;

  @Field(() => String, { description: 'Full name; a personal QR has it in capitals without diacritics.' })
  fullName!: string;

  @Field(() => BirthDate, { description: 'Date of birth, or the year where the code has no more.' })
  dateOfBirth!: string;

  @Field(() => Sex, { nullable: true, description: 'Sex; null for a personal QR.' })
  sex!: Sex | null;

  @Field(() => String, { nullable: true, description: 'Permanent address as printed; null for a personal QR.' })
  address!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Day of issue; null for a personal QR.' })
  issuedOn!: string | null;
}
