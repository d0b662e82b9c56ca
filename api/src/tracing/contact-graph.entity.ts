import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { Case } from './case.entity.ts';
import { ContactEdge } from './contact-edge.entity.ts';
import type { ContactRow } from './contact.row.ts';
import { FollowUp } from './follow-up.entity.ts';
import { TraceStatus } from './trace.row.ts';

registerEnumType(TraceStatus, {
  name: 'TraceStatus',
  description: 'How far a trace is.',
  valuesConfig: {
    READY: { description: 'What is shown is whole, by what is known.' },
    RUNNING: { description: 'It is being made: what is shown is from before. Ask again in a moment.' },
    AWAITING_APPROVAL: {
      description: 'It would reach more people than one tracer may ask for: another one approves it.',
    },
  },
});
@ObjectType({ description: 'Somebody whom the case, or a contact of it, met.', simpleResolvers: true })
export class ContactNode {
  readonly row: ContactRow;
  readonly #at: Date;

  constructor(row: ContactRow, at: Date) {
    this.row = row;
    this.#at = at;
  }

  @Field(() => Int, { description: 'The least number of links from the case: 1 is F1.' })
  get generation(): number {
    return this.row.generation;
  }

  @Field(() => DateTime, { nullable: true, description: 'When they were first exposed.' })
  get firstExposedAt(): Date | null {
    return this.row.first_exposed_at;
  }

  @Field(() => DateTime, { nullable: true, description: 'When they were last exposed.' })
  get lastExposedAt(): Date | null {
    return this.row.last_exposed_at;
  }

  @Field(() => Int, { description: 'How many links lead to them; 0: all were dismissed.' })
  get exposures(): number {
    return this.row.exposures;
  }

  @Field(() => FollowUp, { nullable: true, description: 'The task; null where every link to them was dismissed.' })
  get followUp(): FollowUp | null {
    const isTask = this.row.linked || this.row.status !== 'NOT_CONTACTED';
    return isTask ? new FollowUp(this.row, this.#at) : null;
  }
}

@ObjectType({ description: 'Contacts beyond what you may see: how many, and whom to call.', simpleResolvers: true })
export class HiddenContacts {
  @Field(() => AdministrativeUnit, { description: 'The province to call.' })
  province!: AdministrativeUnit;

  @Field(() => Int, { description: 'Of which generation.' })
  generation!: number;

  @Field(() => Int, { description: 'How many people.' })
  count!: number;
}

@ObjectType({
  description: 'An address that more than 15 people share: a place to look at, which links nobody.',
  simpleResolvers: true,
})
export class SharedPlace {
  @Field(() => AdministrativeUnit, { description: 'Its commune.' })
  unit!: AdministrativeUnit;

  @Field(() => Int, { description: 'How many people, as far as was looked.' })
  people!: number;
}

/** What of a graph names people, or is counted from it. */
export interface ShownGraph {
  nodes: ContactNode[];
  edges: ContactEdge[];
  hidden: HiddenContacts[];
  truncated: boolean;
  totalNodes: number;
  totalEdges: number;
}

@ObjectType({ description: 'Whom a case met, whom these met, and by what.', simpleResolvers: true })
export class ContactGraph {
  /** Read once, when any of it is asked for: whoever waits for a trace asks for its state alone, again and again. */
  readonly shown: () => Promise<ShownGraph>;

  constructor(read: () => Promise<ShownGraph>) {
    let shown: Promise<ShownGraph> | undefined;
    this.shown = () => (shown ??= read());
  }

  @Field(() => Case, { description: 'The case (F0).' })
  case!: Case;

  @Field(() => TraceStatus, { description: 'How far the trace is.' })
  status!: TraceStatus;

  @Field(() => Int, { description: 'While it is RUNNING: how many people were found so far; else how many there are.' })
  people!: number;

  @Field(() => Int, { description: 'While it is RUNNING: how many generations are done.' })
  reachedGeneration!: number;

  @Field(() => [SharedPlace], { description: 'Addresses of more than 15 people, at which somebody in the trace was.' })
  places!: SharedPlace[];

  @Field(() => Float, { description: 'How long the trace took.' })
  tookMs!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was traced; null before the first trace is done.' })
  tracedAt!: Date | null;
}
