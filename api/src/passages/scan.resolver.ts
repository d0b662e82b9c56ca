import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { rateLimited } from '../platform/graphql/problems.ts';
import { permit, signedIn } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { checkpointsAround } from '../checkpoints/checkpoints-around.service.ts';
import { CitizenView } from '../people/citizen.entity.ts';
import { Declaration } from '../declarations/declaration.entity.ts';
import { viewFor, type DeclarationRow, type Parts } from '../declarations/declarations.service.ts';
import { describe } from '../territory/shared/movement-rules/evaluate.ts';
import { readSpokenCode } from '../declarations/shared/spoken-code.ts';
import type { PassIssuer } from '../passes/pass-issuer.service.ts';
import { Passage, toFlags } from './passage.entity.ts';
import { IdCard } from './id-card.entity.ts';
import { FoundDeclarations, InvalidPass, ScanResult, ValidPass } from './passage-results.entity.ts';
import { flagTexts } from './passage.problems.ts';
import { invalidPassTexts, looksLikeText } from './scan-texts.ts';
import { checkpointOf, scan } from './scan.ts';
import type { Scanned } from './scanned.ts';

// Spoken codes are short: whoever guesses them by the hundred is stopped. Only codes that lead nowhere count: people
// without a declaration are typed in by their numbers all day.
const misses = new RateLimiterMemory({ points: 30, duration: 600 });

@Resolver()
export class ScanResolver {
  readonly #parts: Parts;
  readonly #issuer: PassIssuer;

  constructor(parts: Parts, issuer: PassIssuer) {
    this.#parts = parts;
    this.#issuer = issuer;
  }

  @Query(() => ScanResult, {
    description:
      'One field for whatever is read or typed at a checkpoint. A pass or spoken code: ValidPass or InvalidPass, and the declaration is open there for 24 hours. The QR of a chip card or the personal QR v1.1: IdCard, or InvalidPass with UNREADABLE where it is damaged. A typed ID or phone number: FoundDeclarations of this province, or InvalidPass with NOT_FOUND. Audited. RATE_LIMITED after 30 spoken codes of nobody in 10 minutes.',
  })
  async scan(
    @Ctx() context: Context,
    @Arg('payload', () => String, { description: 'What was read or typed, untrimmed, at most 1,000 characters.' })
    payload: string,
    @Arg('checkpointId', () => ID, { description: 'The checkpoint where; one of your own.' }) checkpointId: string,
  ): Promise<typeof ScanResult> {
    const scope = permit(context, 'scan');
    const { accountId } = signedIn(context);
    const isCode = readSpokenCode(payload) !== null;
    if (isCode) await countGuess(accountId);
    const tx = await context.transaction();
    const around = await checkpointsAround(tx, [checkpointId]);
    const checkpoint = checkpointOf(around, scope.checkpointIds, checkpointId);
    const scanned = await scan(
      { context, tx, checkpoint, around, at: context.at, territory: this.#parts.territory },
      this.#parts,
      this.#issuer,
      payload,
    );
    const led = scanned.kind !== 'INVALID' || scanned.row !== null;
    if (isCode && led) await misses.reward(accountId);
    return this.#show(context, scanned);
  }

  #show(context: Context, scanned: Scanned): ValidPass | InvalidPass | IdCard | FoundDeclarations {
    const { locale } = context;
    if (scanned.kind === 'INVALID') {
      const { code, row, looksLike } = scanned;
      return Object.assign(new InvalidPass(), {
        code,
        message: looksLike ? looksLikeText(looksLike, locale) : invalidPassTexts[code][locale],
        declaration: row && this.#whole(context, row),
      });
    }
    const flags = toFlags(scanned.flags, locale);
    if (scanned.kind === 'FOUND')
      return Object.assign(new FoundDeclarations(), {
        declarations: scanned.rows.map((row) => this.#whole(context, row)),
        citizen: this.#citizen(context, scanned.rows),
        flags,
      });
    if (scanned.kind === 'CARD')
      return Object.assign(new IdCard(), {
        ...scanned.card,
        citizen: scanned.citizen && new CitizenView(scanned.citizen, viewFor(this.#parts, context), true),
        openDeclarations: scanned.rows.map((row) => this.#whole(context, row)),
        flags,
      });
    const { row, companions, advice, failed, last } = scanned;
    return Object.assign(new ValidPass(), {
      declaration: this.#whole(context, row),
      companions: companions.map((companion) => this.#whole(context, companion)),
      advice,
      reasons: [
        ...(scanned.flags.includes('WATCH_LIST') ? [flagTexts.WATCH_LIST[locale]] : []),
        ...failed.map((rule) => describe(rule, locale)),
      ],
      flags,
      lastPassage: last && new Passage(last, locale, false),
    });
  }

  #whole(context: Context, row: DeclarationRow): Declaration {
    return new Declaration(row, viewFor(this.#parts, context), true);
  }

  /** Where all the declarations are of one person, that person as declared on the newest. */
  #citizen(context: Context, rows: DeclarationRow[]): CitizenView | null {
    const [newest] = rows;
    if (!newest || rows.some((row) => row.citizen_id !== newest.citizen_id)) return null;
    return new CitizenView({ ...newest, id: newest.citizen_id }, viewFor(this.#parts, context), true);
  }
}

/** Counted before it is looked up, and taken back where it led somewhere: many at once cannot outrun the count. */
async function countGuess(accountId: string): Promise<void> {
  await misses.consume(accountId).catch((state: RateLimiterRes) => {
    throw rateLimited(Math.ceil(state.msBeforeNext / 1000));
  });
}
