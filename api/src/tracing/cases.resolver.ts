import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { connectionOf, mostCounted, readPage, toConnection, toTotal } from '../platform/graphql/connection.ts';
import { LocalDate } from '../platform/graphql/dates.ts';
import { readReason, reasonText } from '../platform/graphql/read-reason.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { Actor } from '../accounts/actor.entity.ts';
import { actorLoader } from '../accounts/actor.service.ts';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import { Citizen } from '../people/citizen.entity.ts';
import type { Parts } from '../declarations/declarations.service.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { askerOf } from './asker.ts';
import { Case, CaseStatus } from './case.entity.ts';
import { OpenCaseInput, UpdateCaseInput } from './case.input.ts';
import { caseById, caseSorting, countCases, listCases } from './cases.queries.ts';
import { closeCase } from './close-case.ts';
import { contactOfLoader } from './contact-of.ts';
import { openCase } from './open-cases.ts';
import { showPerson } from './show-person.ts';
import { updateCase } from './update-case.ts';

const CaseConnection = connectionOf('Case', () => Case);
type CaseConnection = InstanceType<typeof CaseConnection>;

/** Cases, for tracers: opened with a reason, shown with their person, closed with a verdict. */
@Resolver(() => Case)
export class CasesResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => Case, {
    nullable: true,
    description: 'One case; null where there is none or it lies outside your jurisdiction.',
  })
  async case(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Case | null> {
    const scope = permit(context, 'case.read');
    checkIds({ id });
    const row = await caseById(await context.transaction(), scope, id);
    return row && new Case(row);
  }

  @Query(() => CaseConnection, {
    description:
      'The cases of your jurisdiction, by the unit where the person stayed when it was opened, newest first.',
  })
  async cases(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, {
      nullable: true,
      description: 'Only of this unit; checkpointIds are not asked for here.',
    })
    part: ScopeInput | null,
    @Arg('status', () => CaseStatus, { nullable: true, description: 'Only these.' }) status: CaseStatus | null,
    @Arg('open', () => Boolean, { nullable: true, description: 'True: only open ones; false: only closed ones.' })
    open: boolean | null,
    @Arg('openedOn', () => LocalDate, { nullable: true, description: 'Only those opened on this day.' })
    openedOn: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<CaseConnection> {
    const scope = narrowScope(permit(context, 'case.read'), part, this.#parts.territory);
    const page = readPage(first, after, caseSorting);
    const filter = { status, open, openedOn };
    const tx = await context.transaction();
    const rows = await listCases(tx, scope, filter, page);
    return toConnection(
      page,
      rows.map((row) => new Case(row, true)),
      ({ row }) => [row.opened_at.toISOString(), row.id],
      async () => toTotal(await countCases(tx, scope, filter, mostCounted + 1)),
    );
  }

  @Mutation(() => Case, {
    description:
      'Opens a case on a person whom a row names that you may see. From then on every scan of them is stopped, their contacts are traced, and what belongs to the case is kept until it is closed. The infectious period comes from the rule set in force today, unless it is given. BAD_USER_INPUT where the person has an open case already. Sent again it answers the same. Audited.',
  })
  async openCase(
    @Ctx() context: Context,
    @Arg('input', () => OpenCaseInput, { description: 'The case.' }) input: OpenCaseInput,
  ): Promise<Case> {
    const scope = permit(context, 'case.open');
    const opening = { viewer: signedIn(context), scope, territory: this.#parts.territory, at: context.at };
    return new Case(await openCase(await context.transaction(), opening, input));
  }

  @Mutation(() => Case, {
    description:
      'Changes what is known of an open case. The infectious period follows the days by the rule set of the case, unless it is given; contacts are traced again by it in the background, and a longer period than a second tracer approved is approved anew. NOT_FOUND outside your jurisdiction. Sent again it answers the same. Audited.',
  })
  async updateCase(
    @Ctx() context: Context,
    @Arg('input', () => UpdateCaseInput, { description: 'What is known better.' }) input: UpdateCaseInput,
  ): Promise<Case> {
    const scope = permit(context, 'case.update');
    checkIds({ 'input.id': input.id });
    return new Case(await updateCase(await context.transaction(), scope, askerOf(context), input));
  }

  @Mutation(() => Case, {
    description:
      'Closes a case as CONFIRMED (over) or RULED_OUT: nobody is stopped for it any more, and retention takes what was kept for it. Sent again it answers the same. NOT_FOUND outside your jurisdiction. Audited.',
  })
  async closeCase(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The case.' }) id: string,
    @Arg('status', () => CaseStatus, { description: 'CONFIRMED or RULED_OUT.' }) status: CaseStatus,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
  ): Promise<Case> {
    const scope = permit(context, 'case.close');
    checkIds({ id });
    const closing = { viewer: signedIn(context), scope, at: context.at };
    return new Case(await closeCase(await context.transaction(), closing, id, status, readReason(reason)));
  }

  @FieldResolver(() => Citizen, { description: 'Who it is, whole: a look that stands in the audit trail.' })
  citizen(@Root() { row, listed }: Case, @Ctx() context: Context): Promise<Citizen> {
    const key = { province: row.province_code, id: row.citizen_id };
    return showPerson(context, this.#parts, key, listed ? null : row.id);
  }

  @FieldResolver(() => AdministrativeUnit, { description: 'Where the person stayed when it was opened.' })
  unit(@Root() { row }: Case): AdministrativeUnit {
    return this.#parts.territory.byId(row.unit_id);
  }

  @FieldResolver(() => [Case], {
    description: 'The cases that you may see whose contact this person is: the chain that led here.',
  })
  async contactOf(@Root() { row }: Case, @Ctx() context: Context): Promise<Case[]> {
    const key = { province: row.province_code, id: row.citizen_id };
    return (await context.loaders.of(context, contactOfLoader).load(key)) ?? [];
  }

  @FieldResolver(() => Actor, { description: 'Who opened it.' })
  async openedBy(@Root() { row }: Case, @Ctx() context: Context): Promise<Actor> {
    const actor = await context.loaders.of(context, actorLoader).load(row.opened_by);
    if (!actor) throw new Error('The account that opened a case is gone.');
    return actor;
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who closed it.' })
  async closedBy(@Root() { row }: Case, @Ctx() context: Context): Promise<Actor | null> {
    return row.closed_by === null ? null : context.loaders.of(context, actorLoader).load(row.closed_by);
  }
}
