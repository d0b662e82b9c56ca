import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { DateTime } from '../../platform/graphql/dates.ts';
import { badInput } from '../../platform/graphql/problems.ts';
import { vietnamDate } from '../../platform/shared/vietnam-date.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { PartnerApp, PartnerAppError, PartnerAppUsage } from './partner-app.entity.ts';
import { lastErrorsLoader, lastUseLoader, useLoader } from './partner-app-use.queries.ts';

const mostDays = 90;
const mostErrors = 50;

@Resolver(() => PartnerApp)
export class PartnerAppFields {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @FieldResolver(() => AdministrativeUnit, { description: 'What it reaches: this unit and those below.' })
  unit(@Root() { row }: PartnerApp): AdministrativeUnit {
    return this.#parts.territory.byId(row.unit_id);
  }

  @FieldResolver(() => Int, { description: 'How many requests it sent today, in Vietnam.' })
  async requestsToday(@Root() { id }: PartnerApp, @Ctx() context: Context): Promise<number> {
    const today = vietnamDate(context.at);
    const [use] = (await context.loaders.of(context, useLoader).load({ id, since: today })) ?? [];
    return use?.day === today ? use.requests : 0;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it last asked for anything; null: never.' })
  lastUsedAt(@Root() { id }: PartnerApp, @Ctx() context: Context): Promise<Date | null> {
    return context.loaders.of(context, lastUseLoader).load(id);
  }

  @FieldResolver(() => [PartnerAppUsage], {
    description: 'What it asked for by day, the newest first; days without a request are absent.',
  })
  async usage(
    @Root() { id }: PartnerApp,
    @Ctx() context: Context,
    @Arg('days', () => Int, { defaultValue: 30, description: 'How many days back, today included; 1 to 90.' })
    days: number,
  ): Promise<PartnerAppUsage[]> {
    if (days < 1 || days > mostDays)
      throw badInput({ days: { vi: `Từ 1 đến ${mostDays}.`, en: `From 1 to ${mostDays}.` } });
    const since = vietnamDate(new Date(context.at.getTime() - (days - 1) * 86_400_000));
    const rows = (await context.loaders.of(context, useLoader).load({ id, since })) ?? [];
    return rows.map(({ day, requests, errors, cost }) =>
      Object.assign(new PartnerAppUsage(), { day, requests, errors, cost: Math.min(cost, 2 ** 31 - 1) }),
    );
  }

  @FieldResolver(() => [PartnerAppError], { description: 'Its last answers that told of an error, the newest first.' })
  async lastErrors(
    @Root() { id }: PartnerApp,
    @Ctx() context: Context,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 50.' }) first: number,
  ): Promise<PartnerAppError[]> {
    if (first < 1 || first > mostErrors)
      throw badInput({ first: { vi: `Từ 1 đến ${mostErrors}.`, en: `From 1 to ${mostErrors}.` } });
    const rows = (await context.loaders.of(context, lastErrorsLoader).load(id)) ?? [];
    return rows.slice(0, first).map(({ at, code, field }) => Object.assign(new PartnerAppError(), { at, code, field }));
  }
}
