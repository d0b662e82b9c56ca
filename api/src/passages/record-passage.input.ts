import { Field, ID, InputType } from 'type-graphql';
import { Channel, TravelPurpose, VehicleKind } from '../declarations/shared/declaration-draft.ts';
import { DateTime } from '../platform/graphql/dates.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { Decision, Direction, IdentityEvidence } from './passage.row.ts';

@InputType({
  description:
    'One passage to record. Who: one of qrPayload, declarationId, citizenId, paperFormNumber; none for a VOID.',
})
export class RecordPassageInput {
  @Field(() => ID, {
    description: "UUIDv7 whose time is when the person passed; a correction's has the time of what it corrects.",
  })
  id!: string;

  @Field(() => ID, { description: 'Where; all of one batch lie in one province.' })
  checkpointId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The text of our pass, as read; verified again. Or the text of a card's code: the person is found by its numbers or made known by it.",
  })
  qrPayload?: string | null;

  @Field(() => ID, { nullable: true, description: 'A declaration that a scan opened, or of the own province.' })
  declarationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A person known in the province, without a declaration.' })
  citizenId?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of a paper form that is keyed in later.' })
  paperFormNumber?: string | null;

  @Field(() => Direction, { description: 'Which way.' })
  direction!: Direction;

  @Field(() => Decision, { description: 'What was decided.' })
  decision!: Decision;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters; obligatory for REFUSED.' })
  reason?: string | null;

  @Field(() => IdentityEvidence, { description: 'What identity was compared with.' })
  evidence!: IdentityEvidence;

  @Field(() => VehicleKind, { nullable: true, description: "By what; the declaration's when absent." })
  vehicle?: VehicleKind | null;

  @Field(() => String, { nullable: true, description: "The plate; the declaration's when absent." })
  plate?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether it was recorded without network and sent later.',
  })
  recordedOffline?: boolean | null;

  @Field(() => Advice, {
    nullable: true,
    description:
      'What the device advised of the pass that it judged without network: only with qrPayload and recordedOffline. The passage keeps it as what the officer saw; when absent, the advice of the declaration.',
  })
  advice?: Advice | null;

  @Field(() => ID, { nullable: true, description: 'The passage that this one corrects.' })
  corrects?: string | null;
}

@InputType({ description: 'Which passages to list. The range is [from, to).' })
export class PassageFilter {
  @Field(() => DateTime, { nullable: true, description: 'Passed at or after.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Passed before.' })
  to?: Date | null;

  @Field(() => [ID], { nullable: true, description: 'At these checkpoints.' })
  checkpointIds?: string[] | null;

  @Field(() => Direction, { nullable: true, description: 'This way.' })
  direction?: Direction | null;

  @Field(() => Decision, { nullable: true, description: 'Decided so.' })
  decision?: Decision | null;

  @Field(() => Channel, { nullable: true, description: 'Whose declaration came this way.' })
  channel?: Channel | null;

  @Field(() => String, {
    nullable: true,
    description: 'With this plate, of the own shift; only for who sees plates unmasked, else FORBIDDEN.',
  })
  plate?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this citizen.' })
  citizenId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'With or without flags.' })
  flagged?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Recorded without network or with it.' })
  recordedOffline?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'At checkpoints in this unit and those below it: its code of today, or its id.',
  })
  unitCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of journeys from this province, by its code, as reports count them; empty: of which nobody said where from.',
  })
  originProvince?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of journeys to this province, by its code, as reports count them; empty: of which nobody said where to.',
  })
  destinationProvince?: string | null;

  @Field(() => TravelPurpose, { nullable: true, description: 'Of journeys for this purpose.' })
  purpose?: TravelPurpose | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: only those whose paper form is not keyed in yet. False: only all others; with channel PAPER, those whose form is.',
  })
  awaitsForm?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: only the last ones of people of whom the population database has answered nothing yet, as reports count them.',
  })
  unverified?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: of each person, as merged, only the last one of those that the rest of the filter leaves: the different people that reports count. Who is not known, as the form is not keyed in, has none.',
  })
  lastOfPerson?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: also those that were corrected, and VOIDs.',
  })
  superseded?: boolean | null;
}
