import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Checkpoint } from '../../checkpoints/checkpoint.entity.ts';
import { checkpointLoader } from '../../checkpoints/checkpoints.service.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { uuid7Time } from '../../platform/shared/uuid7.ts';
import { peopleShown } from '../../policy/people-shown.ts';
import {
  actions,
  asksForSecondFactor,
  coversUnit,
  permit,
  reachOf,
  scopeOf,
  type Action,
} from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import type { AdministrativeUnit } from '../../territory/unit.entity.ts';
import { accountLoader, assignmentLoader, enrolledLoader } from '../account-loaders.ts';
import type { Account } from '../account.entity.ts';
import { jurisdictionOf } from '../jurisdiction.ts';
import { AccountReach, ActionReach } from './account-reach.entity.ts';
import { reachSentence, waitTexts } from './reach-sentences.ts';

interface Subject {
  account: Account;
  unit: AdministrativeUnit;
  checkpoints: Checkpoint[];
}

@Resolver()
export class AccountReachResolver {
  readonly #parts: { territory: Territory };
  readonly #secondFactorObligatory: boolean;

  constructor(parts: { territory: Territory }, secondFactorObligatory: boolean) {
    this.#parts = parts;
    this.#secondFactorObligatory = secondFactorObligatory;
  }

  @Query(() => AccountReach, {
    nullable: true,
    description: 'What an account of your jurisdiction can see and do, and how far; null outside it.',
  })
  async accountReach(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The account.' }) id: string,
  ): Promise<AccountReach | null> {
    const scope = permit(context, 'account.read');
    const account = uuid7Time(id) === null ? null : await context.loaders.of(context, accountLoader).load(id);
    if (!account || !coversUnit(scope, { id: account.unitId, provinceCode: account.provinceCode })) return null;
    const unit = this.#parts.territory.today(account.unitId);
    const checkpoints = await this.#checkpointsOf(context, account);
    const judged = actions.map((action) => this.#judge(action, { account, unit, checkpoints }, context.locale));
    const waitsFor = await this.#waitsFor(context, account);
    return Object.assign(new AccountReach(), { account, unit, checkpoints, actions: judged, waitsFor });
  }

  /** Asks the policy as for a request of this account. */
  #judge(action: Action, subject: Subject, locale: Locale): ActionReach {
    const { account, checkpoints } = subject;
    const viewer = {
      roles: account.roles,
      jurisdiction: jurisdictionOf(this.#parts.territory, account.unitId),
      checkpointIds: new Set(checkpoints.map(({ id }) => id)),
    };
    const scope = scopeOf(viewer, action);
    const reach = reachOf(viewer, action);
    const people = scope ? peopleShown(action, scope) : 'NONE';
    const sentence = reachSentence(action, reach, people, subject)[locale];
    return Object.assign(new ActionReach(), { action, allowed: scope !== null, reach, people, sentence });
  }

  async #checkpointsOf(context: Context, account: Account): Promise<Checkpoint[]> {
    const ids = (await context.loaders.of(context, assignmentLoader).load(account.id)) ?? [];
    const found = await Promise.all(ids.map((id) => context.loaders.of(context, checkpointLoader).load(id)));
    return found.filter((checkpoint) => checkpoint !== null);
  }

  async #waitsFor(context: Context, account: Account): Promise<string | null> {
    if (!account.active) return waitTexts.suspended[context.locale];
    if (account.mustChangePassword) return waitTexts.password[context.locale];
    if (!this.#secondFactorObligatory || !asksForSecondFactor(account.roles)) return null;
    const enrolled = await context.loaders.of(context, enrolledLoader).load(account.id);
    return enrolled ? null : waitTexts.secondFactor[context.locale];
  }
}
