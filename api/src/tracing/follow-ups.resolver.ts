import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DAY_MS } from '../platform/shared/instant.ts';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { connectionOf, mostCounted, readPage, toConnection, toTotal } from '../platform/graphql/connection.ts';
import { DateTime, LocalDate } from '../platform/graphql/dates.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { readLine } from '../platform/shared/text.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import type { Parts } from '../declarations/declarations.service.ts';
import { Citizen } from '../people/citizen.entity.ts';
import { AdministrativeUnit } from '../territory/unit.entity.ts';
import { askerOf } from './asker.ts';
import { Case } from './case.entity.ts';
import { notesText } from './case.problems.ts';
import { caseLoader } from './case-loader.ts';
import { FollowUp, FollowUpStatus } from './follow-up.entity.ts';
import { countFollowUps, followUpSorting, listFollowUps } from './follow-ups.queries.ts';
import { showPerson } from './show-person.ts';
import { updateFollowUp } from './update-follow-up.ts';

const FollowUpConnection = connectionOf('FollowUp', () => FollowUp);
type FollowUpConnection = InstanceType<typeof FollowUpConnection>;

const longestNotes = 1_000;

/** Contacts as tasks of the communes where they stay. */
@Resolver(() => FollowUp)
export class FollowUpsResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => FollowUpConnection, {
    description:
      'Contacts who stay in your jurisdiction, of cases of any province, by the last day of isolation. People are shown whole: each page is an entry in the audit trail.',
  })
  async followUps(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, {
      nullable: true,
      description: 'Only who stays in this unit; checkpointIds are not asked for here.',
    })
    part: ScopeInput | null,
    @Arg('status', () => FollowUpStatus, { nullable: true, description: 'Only these.' }) status: FollowUpStatus | null,
    @Arg('overdue', () => Boolean, { nullable: true, description: 'Only those that are, or are not.' })
    overdue: boolean | null,
    @Arg('foundOn', () => LocalDate, { nullable: true, description: 'Only who was found by a trace on this day.' })
    foundOn: string | null,
    @Arg('reachedInTime', () => Boolean, {
      nullable: true,
      description: 'Only who was reached within 24 hours of being found, or only who was not.',
    })
    reachedInTime: boolean | null,
    @Arg('asOf', () => LocalDate, {
      nullable: true,
      description:
        'Only whose isolation began by the end of this day; of those who are not isolated, of whom nothing new was said since.',
    })
    asOf: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<FollowUpConnection> {
    const scope = narrowScope(permit(context, 'follow-up.read'), part, this.#parts.territory);
    const page = readPage(first ?? 50, after, followUpSorting);
    const { at } = context;
    const dayAgo = new Date(at.getTime() - DAY_MS);
    const filter = { status, overdue, today: vietnamDate(at), dayAgo, foundOn, reachedInTime, asOf };
    const tx = await context.transaction();
    const rows = await listFollowUps(tx, scope, filter, page);
    return toConnection(
      page,
      rows.map((row) => new FollowUp(row, at, true)),
      ({ row }) => [row.until, row.citizen_id, row.case_id],
      async () => toTotal(await countFollowUps(tx, scope, filter, mostCounted + 1)),
    );
  }

  @Mutation(() => FollowUp, {
    description:
      'Says what became of a contact. ISOLATING and TESTED_POSITIVE stop every scan of them until the last day of isolation. NOT_FOUND for who stays outside your jurisdiction. Audited.',
  })
  async updateFollowUp(
    @Ctx() context: Context,
    @Arg('caseId', () => ID, { description: 'The case.' }) caseId: string,
    @Arg('citizenId', () => ID, { description: 'The contact.' }) citizenId: string,
    @Arg('status', () => FollowUpStatus, { description: 'What became of it.' }) status: FollowUpStatus,
    @Arg('notes', () => String, {
      nullable: true,
      description: 'In place of the notes until now, at most 1,000 characters; absent: they stay.',
    })
    notes: string | null | undefined,
    @Arg('isolatedAt', () => DateTime, {
      nullable: true,
      description: 'Since when they are isolated, where that is not now; absent: as it stood, or from now on.',
    })
    isolatedAt: Date | null | undefined,
  ): Promise<FollowUp> {
    const scope = permit(context, 'follow-up.update');
    checkIds({ caseId, citizenId });
    const noted = notes ? readLine(notes, longestNotes) : null;
    if (notes && noted === null) throw badInput({ notes: notesText });
    const update = { caseId, citizenId, status, notes: noted, isolatedAt: isolatedAt ?? null };
    const row = await updateFollowUp(await context.transaction(), scope, askerOf(context), update);
    return new FollowUp(row, context.at);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case; null where it belongs to another unit than yours. Its id stands in `caseId`.',
  })
  async case(@Root() { row }: FollowUp, @Ctx() context: Context): Promise<Case | null> {
    return context.loaders.of(context, caseLoader).load({ province: row.case_province, id: row.case_id });
  }

  @FieldResolver(() => Citizen, { description: 'Who it is, whole.' })
  citizen(@Root() { row, listed }: FollowUp, @Ctx() context: Context): Promise<Citizen> {
    const key = { province: row.province_code, id: row.citizen_id };
    return showPerson(context, this.#parts, key, listed ? null : row.case_id, 'follow-ups.read');
  }

  @FieldResolver(() => AdministrativeUnit, { description: 'Where they stay: whose task it is.' })
  unit(@Root() { row }: FollowUp): AdministrativeUnit {
    return this.#parts.territory.byId(row.unit_id);
  }
}
