import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Address, AddressInput } from './address.entity.ts';
import { BirthDate, IdNumber, PhoneNumber } from './identifier.scalars.ts';
import { Sex } from './shared/sex.ts';

registerEnumType(Sex, {
  name: 'Sex',
  description: 'Sex as on the identity document.',
  valuesConfig: {
    FEMALE: { description: 'Female (Nữ).' },
    MALE: { description: 'Male (Nam).' },
    OTHER: { description: 'Other or not stated.' },
  },
});

/** What a declared person and a known citizen both show. The values come from getters of person-view.ts. */
@ObjectType({ description: 'The person as declared on one form; never changed afterwards.', simpleResolvers: true })
export class Person {
  @Field(() => String, { description: 'Full name; masked: family name and initials.' })
  fullName!: string;

  @Field(() => BirthDate, { description: 'Date of birth; masked: the year.' })
  dateOfBirth!: string;

  @Field(() => Sex, { description: 'Sex as on the document.' })
  sex!: Sex;

  @Field(() => String, { description: 'Nationality, ISO 3166-1 alpha-3: VNM.' })
  nationality!: string;

  @Field(() => IdNumber, { nullable: true, description: 'The ID number; null where masked or none.' })
  idNumber!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The last 3 characters of the number or passport, for comparing; null where there is none.',
  })
  documentMasked!: string | null;

  @Field(() => String, { nullable: true, description: 'The passport number; null where masked or none.' })
  passportNumber!: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'The phone number; null where masked or none.' })
  phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The last 3 digits of the phone number; null where there is none.',
  })
  phoneMasked!: string | null;

  @Field(() => Address, { nullable: true, description: 'Permanent address (thường trú).' })
  permanentAddress!: Address | null;

  @Field(() => Address, { nullable: true, description: 'Temporary address (tạm trú).' })
  temporaryAddress!: Address | null;
}

@InputType({
  description:
    'A person on a form. Online: a number or a passport, unless under 14. permanentAddress is obligatory for VNM.',
})
export class PersonInput {
  @Field(() => String, { description: 'Full name as on the document, at most 225 characters; stored NFC.' })
  fullName!: string;

  @Field(() => BirthDate, { description: 'Date of birth, or the year where only that is known.' })
  dateOfBirth!: string;

  @Field(() => Sex, { description: 'Sex as on the document.' })
  sex!: Sex;

  @Field(() => String, { description: 'Nationality, ISO 3166-1 alpha-3: VNM.' })
  nationality!: string;

  @Field(() => IdNumber, { nullable: true, description: 'CCCD or CMND number.' })
  idNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Passport number, 5 to 20 letters and digits.' })
  passportNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is neither number nor passport, at most 500 characters.',
  })
  noDocumentReason?: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'Phone number.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address, at most 254 characters.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Health-insurance number, 8 to 17 characters.' })
  healthInsuranceNumber?: string | null;

  @Field(() => AddressInput, { nullable: true, description: 'Permanent address (thường trú); obligatory for VNM.' })
  permanentAddress?: AddressInput | null;

  @Field(() => AddressInput, { nullable: true, description: 'Temporary address (tạm trú).' })
  temporaryAddress?: AddressInput | null;
}
