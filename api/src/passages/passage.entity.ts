import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import type { Locale } from '../platform/graphql/locale.ts';
import { maskPlate } from '../policy/masking.ts';
import { Advice } from '../territory/shared/movement-rules/advice.ts';
import { Channel, VehicleKind } from '../declarations/shared/declaration-draft.ts';
import { flagTexts } from './passage.problems.ts';
import { Decision, Direction, FlagKind, IdentityEvidence, type PassageRow } from './passage.row.ts';

export { Decision, Direction };

registerEnumType(Direction, {
  name: 'Direction',
  description: 'Which way.',
  valuesConfig: { IN: { description: 'Into the area.' }, OUT: { description: 'Out of the area.' } },
});
registerEnumType(Decision, {
  name: 'Decision',
  description: 'What the officer decided.',
  valuesConfig: {
    ADMITTED: { description: 'Let pass.' },
    REFUSED: { description: 'Turned back, with a reason.' },
    ISOLATED: { description: 'Kept back for isolation.' },
    VOID: { description: 'Only as a correction: the passage did not happen.' },
  },
});
registerEnumType(IdentityEvidence, {
  name: 'IdentityEvidence',
  description: 'What identity was compared with.',
  valuesConfig: {
    QR_AND_CARD: { description: 'The pass and an identity card.' },
    CARD_ONLY: { description: 'An identity card alone.' },
    PAPER_AND_CARD: { description: 'A paper form and an identity card.' },
    NO_CARD: { description: 'No card was shown.' },
  },
});
registerEnumType(FlagKind, {
  name: 'FlagKind',
  description: 'What stands out about a passage, judged by what is known at receipt.',
  valuesConfig: {
    WATCH_LIST: {
      description:
        'On the watch list: an open case, or a contact who is to be isolated. At a scan the advice is REFUSE.',
    },
    NUMBER_CONTRADICTS: { description: 'The ID number contradicts sex or year of birth.' },
    PASS_REUSED: {
      description:
        'The same pass at this checkpoint and direction within 10 minutes, or at another one sooner than 120 km/h allows.',
    },
    PASS_INVALID: { description: 'The pass was expired or withdrawn when the person passed.' },
    ADVICE_OVERRIDDEN: { description: 'Admitted against the advice to refuse.' },
    CLOCK_SKEW: { description: "The device's clock was 2 to 5 minutes ahead." },
    DUPLICATE_PERSON: { description: 'The tests of PASS_REUSED hold for another pass of the same person.' },
    REGISTRY_MISMATCH: {
      description:
        'The population database knows the person otherwise or not at all, and nobody has accepted that: see Citizen.verification.',
    },
  },
});

@ObjectType({ description: 'Something that stands out.', simpleResolvers: true })
export class Flag {
  @Field(() => FlagKind, { description: 'Which.' })
  kind!: FlagKind;

  @Field(() => String, { description: "In the reader's language." })
  message!: string;
}

/** A kind stands out once at most: what a list of flags adds to an operation's cost. */
export const flagKinds = Object.keys(FlagKind).length;

export const toFlags = (kinds: readonly FlagKind[], locale: Locale): Flag[] =>
  kinds.map((kind) => ({ kind, message: flagTexts[kind][locale] }));

/** A passage as one reader sees it. Checkpoint, citizen, declaration, officer and corrections are loaded when asked for. */
@ObjectType({
  description: 'A passage through a checkpoint. Never edited: a correction is a new one that names the old.',
  simpleResolvers: true,
})
export class Passage {
  readonly row: PassageRow;
  /** Whether the reader recorded it in this shift, and so sees it unmasked. */
  readonly own: boolean;
  readonly #locale: Locale;

  constructor(row: PassageRow, locale: Locale, own: boolean) {
    this.row = row;
    this.own = own;
    this.#locale = locale;
  }

  @Field(() => ID, { description: 'UUIDv7 made by the device.' })
  get id(): string {
    return this.row.id;
  }

  @Field(() => Direction, { description: 'Which way.' })
  get direction(): Direction {
    return this.row.direction;
  }

  @Field(() => Decision, { description: 'What the officer decided.' })
  get decision(): Decision {
    return this.row.decision;
  }

  @Field(() => String, { nullable: true, description: 'Why; obligatory for a refusal.' })
  get reason(): string | null {
    return this.row.reason;
  }

  @Field(() => IdentityEvidence, { description: 'What identity was compared with.' })
  get evidence(): IdentityEvidence {
    return this.row.evidence;
  }

  @Field(() => Channel, { description: 'How the declaration had come.' })
  get channel(): Channel {
    return this.row.channel;
  }

  @Field(() => Advice, { nullable: true, description: 'What the officer saw advised; null without a declaration.' })
  get advice(): Advice | null {
    return this.row.advice;
  }

  @Field(() => VehicleKind, { nullable: true, description: 'By what.' })
  get vehicle(): VehicleKind | null {
    return this.row.vehicle;
  }

  @Field(() => String, { nullable: true, description: 'The plate; masked: its last 3 characters.' })
  get plate(): string | null {
    return this.row.plate && !this.own ? maskPlate(this.row.plate) : this.row.plate;
  }

  @Field(() => String, { nullable: true, description: 'Number of the paper form, where there was one.' })
  get paperFormNumber(): string | null {
    return this.row.paper_form_number;
  }

  @Field(() => DateTime, { description: 'When the person passed: the time in the id.' })
  get occurredAt(): Date {
    return this.row.occurred_at;
  }

  @Field(() => DateTime, { description: 'When the server received it.' })
  get recordedAt(): Date {
    return this.row.recorded_at;
  }

  @Field(() => Boolean, { description: 'Whether it was recorded without network and sent later.' })
  get recordedOffline(): boolean {
    return this.row.recorded_offline;
  }

  @Field(() => [Flag], { complexity: flagKinds, description: 'What stands out, judged at receipt.' })
  get flags(): Flag[] {
    return toFlags(this.row.flags, this.#locale);
  }
}
