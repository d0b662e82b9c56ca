import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { checkIds } from '../platform/graphql/check-ids.ts';
import { readPage, toConnection } from '../platform/graphql/connection.ts';
import { DateTime } from '../platform/graphql/dates.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { readReason, reasonText } from '../platform/graphql/read-reason.ts';
import { peopleShown } from '../policy/people-shown.ts';
import { permit, type Scope } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { ScopeInput } from '../checkpoints/scope-input.entity.ts';
import { narrowScope } from '../checkpoints/scope.service.ts';
import { CitizenConnection } from '../people/citizen-connection.entity.ts';
import { CitizenView, type CitizenRow } from '../people/citizen.entity.ts';
import { citizensByIds } from '../people/citizens.service.ts';
import { PersonInput } from '../people/person.entity.ts';
import {
  countOpenMismatches,
  listOpenMismatches,
  MismatchResolutionKind,
  openMismatchSorting,
  type OpenFilter,
  verificationLoader,
  type VerificationRow,
} from '../registry/verifications.service.ts';
import { viewFor, type Parts } from '../declarations/declarations.service.ts';
import { problemText } from '../declarations/shared/declaration-texts.ts';
import { correctedNeeded, correctedUnwanted, invalidText, settledText, takenText } from './mismatch.problems.ts';
import {
  InvalidCorrection,
  MismatchFilter,
  MismatchResolved,
  MismatchSettled,
  ResolveMismatchResult,
} from './mismatch-results.entity.ts';
import { resolveMismatch, type Settled } from './resolve-mismatch.ts';

/** People whom the population database knows otherwise or not at all: a task of the checkpoint where they passed last. */
@Resolver()
export class MismatchesResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Query(() => CitizenConnection, {
    description:
      'People whose verdict of the population database (MISMATCHED or NOT_FOUND) waits for someone, newest verdict first: who passed last at a checkpoint of your jurisdiction; an officer: at the own ones, shown whole, which is audited. With filter.passedOn whoever passed there on that day. Masked for administrators: `citizen` shows one whole, with a reason.',
  })
  async mismatches(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: 'Only a part of your jurisdiction.' })
    part: ScopeInput | null,
    @Arg('filter', () => MismatchFilter, { nullable: true, description: 'Which ones.' }) filter: MismatchFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last edge of the page before.' })
    after: string | null,
  ): Promise<CitizenConnection> {
    const allowed = permit(context, 'mismatch.resolve');
    const { scope, wanted } = this.#asked(allowed, part, filter);
    const page = readPage(first, after, openMismatchSorting);
    const tx = await context.transaction();
    const verdicts = await listOpenMismatches(tx, scope, wanted, page);
    const loader = context.loaders.of(context, verificationLoader);
    for (const row of verdicts) loader.prime({ province: row.province_code, id: row.citizen_id }, row);
    // Whole or masked goes by what the viewer may, not by the part that was asked for.
    const people = await this.#peopleOf(context, verdicts.slice(0, page.first), allowed);
    const { edges, pageInfo } = toConnection(page, verdicts, cursorOf);
    return Object.assign(new CitizenConnection(), {
      edges: edges.flatMap(({ cursor, node }) => {
        const person = people.get(keyOf(node));
        return person ? [{ cursor, node: person, foundBy: [] }] : [];
      }),
      pageInfo,
      totalCount: await countOpenMismatches(tx, scope, wanted),
    });
  }

  @Query(() => Int, {
    nullable: true,
    description:
      'How many verdicts wait, as `mismatches` would list them; null over 10,000. Shows nobody, so it may be asked again and again.',
  })
  async mismatchCount(
    @Ctx() context: Context,
    @Arg('scope', () => ScopeInput, { nullable: true, description: 'Only a part of your jurisdiction.' })
    part: ScopeInput | null,
    @Arg('filter', () => MismatchFilter, { nullable: true, description: 'Which ones.' }) filter: MismatchFilter | null,
  ): Promise<number | null> {
    const { scope, wanted } = this.#asked(permit(context, 'mismatch.resolve'), part, filter);
    return countOpenMismatches(await context.transaction(), scope, wanted);
  }

  @Mutation(() => ResolveMismatchResult, {
    description:
      'Settles a verdict that waits: CORRECTED changes what is known of the person and asks the population database again, ACCEPTED says that they are who they say, REFERRED hands it on. Declarations and passages stay as they were. NOT_FOUND for a verdict outside your rights. Sent again it answers the same. Audited.',
  })
  async resolveMismatch(
    @Ctx() context: Context,
    @Arg('citizenId', () => ID, { description: 'The person.' }) citizenId: string,
    @Arg('kind', () => MismatchResolutionKind, { description: 'How.' }) kind: MismatchResolutionKind,
    @Arg('reason', () => String, { description: reasonText }) reason: string,
    @Arg('corrected', () => PersonInput, {
      nullable: true,
      description:
        'The person as they really are; with CORRECTED, and only with it. By the rules of a form; numbers, e-mail and phone that are absent stay.',
    })
    corrected: PersonInput | null,
    @Arg('checkedAt', () => DateTime, {
      nullable: true,
      description: '`checkedAt` of the verdict that you saw: where another answer came since, nothing is changed.',
    })
    checkedAt: Date | null,
  ): Promise<typeof ResolveMismatchResult> {
    const scope = permit(context, 'mismatch.resolve');
    checkIds({ citizenId });
    const why = readReason(reason);
    if (kind === 'CORRECTED' && !corrected) throw badInput({ corrected: correctedNeeded });
    if (kind !== 'CORRECTED' && corrected) throw badInput({ corrected: correctedUnwanted });
    const asked = { citizenId, kind, reason: why, corrected, checkedAt };
    return this.#answer(context, scope, await resolveMismatch(context, this.#parts, scope, asked));
  }

  #answer(context: Context, scope: Scope, settled: Settled): typeof ResolveMismatchResult {
    const { locale } = context;
    if (settled.kind === 'INVALID') {
      const fields = settled.problems.map(({ path, code }) => ({
        path: path.replace(/^person\./, ''),
        code,
        message: problemText(code, locale, path),
      }));
      const taken = settled.taken ? [{ path: settled.taken, code: 'TAKEN', message: takenText[locale] }] : [];
      return Object.assign(new InvalidCorrection(), { message: invalidText[locale], fields: [...fields, ...taken] });
    }
    const { verification, citizen: row } = settled;
    const key = { province: row.province_code, id: row.id };
    context.loaders.of(context, verificationLoader).clear(key).prime(key, verification);
    const citizen = this.#show(context, scope, row);
    return settled.kind === 'RESOLVED'
      ? Object.assign(new MismatchResolved(), { citizen })
      : Object.assign(new MismatchSettled(), { citizen, message: settledText[locale] });
  }

  /** Of a day it is where people passed then that is asked for, and lets an administrator see them, not where they passed last. */
  #asked(allowed: Scope, part: ScopeInput | null, filter: MismatchFilter | null): { scope: Scope; wanted: OpenFilter } {
    const { passedOn, ...wanted } = filter ?? {};
    const within = narrowScope(allowed, part, this.#parts.territory);
    return passedOn
      ? { scope: { ...allowed, unitIds: null }, wanted: { ...wanted, passed: { day: passedOn, within } } }
      : { scope: within, wanted };
  }

  async #peopleOf(context: Context, verdicts: VerificationRow[], scope: Scope): Promise<Map<string, CitizenView>> {
    if (verdicts.length === 0) return new Map();
    const provinces = [...new Set(verdicts.map(({ province_code }) => province_code))];
    const ids = verdicts.map(({ citizen_id }) => citizen_id);
    const rows = await citizensByIds(await context.transaction(), provinces, ids);
    const asked = new Set(verdicts.map(keyOf));
    const people = rows.filter((row) => asked.has(`${row.province_code}/${row.id}`));
    return new Map(people.map((row) => [`${row.province_code}/${row.id}`, this.#show(context, scope, row)]));
  }

  /** Whole to an officer, which is a look. */
  #show(context: Context, scope: Scope, row: CitizenRow): CitizenView {
    const whole = peopleShown('mismatch.resolve', scope) === 'WHOLE';
    const citizens = [{ id: row.id, provinceCode: row.province_code }];
    if (whole) context.trail.saw({ action: 'mismatches.read', role: 'OFFICER', declarations: [], citizens });
    return new CitizenView(row, viewFor(this.#parts, context), whole);
  }
}

const keyOf = (row: VerificationRow): string => `${row.province_code}/${row.citizen_id}`;
const cursorOf = (row: VerificationRow): string[] => [row.checked_at?.toISOString() ?? '', row.citizen_id];
