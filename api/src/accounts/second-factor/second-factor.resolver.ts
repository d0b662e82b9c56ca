import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Keys } from '../../platform/crypto/keys.ts';
import { forbidden } from '../../platform/graphql/problems.ts';
import { asksForSecondFactor, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import { SignedIn, SignInResult } from '../account-results.entity.ts';
import { beginEnrolment, confirmEnrolment, remakeRecoveryCodes, removeOwnFactor } from './enrolment.ts';
import { readViewer } from '../sessions/read-viewer.ts';
import {
  BeginSecondFactorResult,
  CodeRefused,
  ConfirmSecondFactorResult,
  RecoveryCodes,
  RemakeRecoveryCodesResult,
  SecondFactorEnrolled,
  SecondFactorOffer,
} from './second-factor-results.entity.ts';
import { toProblem } from '../sign-in/sign-in-problems.ts';

const password = { description: 'The own password.' };
const codeToo = {
  nullable: true,
  description: 'Where a second factor is in force: a code of it, or a recovery code.',
} as const;
const refused = {
  vi: 'Mã này chưa đúng. Kiểm tra giờ trên điện thoại rồi nhập mã đang hiện; quá 15 phút thì bắt đầu lại.',
  en: 'This code is not right. Check the clock of the phone, then enter the code it shows; after 15 minutes begin again.',
};

@Resolver()
export class SecondFactorResolver {
  readonly #parts: { keys: Keys };
  readonly #secondFactorObligatory: boolean;

  constructor(parts: { keys: Keys }, secondFactorObligatory: boolean) {
    this.#parts = parts;
    this.#secondFactorObligatory = secondFactorObligatory;
  }

  @Mutation(() => BeginSecondFactorResult, {
    description:
      'Offers a secret for an authenticator app. The one before, if any, stays in force until confirmSecondFactor.',
  })
  async beginSecondFactor(
    @Ctx() context: Context,
    @Arg('password', () => String, password) typed: string,
    @Arg('totp', () => String, codeToo) totp: string | null,
  ): Promise<typeof BeginSecondFactorResult> {
    const outcome = await beginEnrolment(context, this.#parts.keys, { password: typed, code: totp });
    if (outcome.kind !== 'OFFERED') return toProblem(outcome, context.locale);
    const { secret, uri } = outcome;
    return Object.assign(new SecondFactorOffer(), { secret, uri });
  }

  @Mutation(() => ConfirmSecondFactorResult, {
    description: 'Puts the offered secret in force, with new recovery codes, and ends all other sessions.',
  })
  async confirmSecondFactor(
    @Ctx() context: Context,
    @Arg('totp', () => String, { description: 'The code that the app shows for the offered secret.' }) totp: string,
  ): Promise<typeof ConfirmSecondFactorResult> {
    const recoveryCodes = await confirmEnrolment(context, this.#parts.keys, totp);
    if (!recoveryCodes) return Object.assign(new CodeRefused(), { message: refused[context.locale] });
    const viewer = await readViewer(context, this.#secondFactorObligatory, signedIn(context).accountId);
    return Object.assign(new SecondFactorEnrolled(), { viewer, recoveryCodes });
  }

  @Mutation(() => RemakeRecoveryCodesResult, {
    description: 'Makes ten new recovery codes in place of those before. NOT_FOUND without a second factor.',
  })
  async remakeRecoveryCodes(
    @Ctx() context: Context,
    @Arg('password', () => String, password) typed: string,
    @Arg('totp', () => String, codeToo) totp: string | null,
  ): Promise<typeof RemakeRecoveryCodesResult> {
    const outcome = await remakeRecoveryCodes(context, this.#parts.keys, { password: typed, code: totp });
    if (outcome.kind !== 'REMADE') return toProblem(outcome, context.locale);
    return Object.assign(new RecoveryCodes(), { recoveryCodes: outcome.codes });
  }

  @Mutation(() => SignInResult, {
    description:
      'Takes the own second factor and its recovery codes away, and ends all other sessions. FORBIDDEN where it is obligatory.',
  })
  async removeSecondFactor(
    @Ctx() context: Context,
    @Arg('password', () => String, password) typed: string,
    @Arg('totp', () => String, codeToo) totp: string | null,
  ): Promise<typeof SignInResult> {
    if (this.#secondFactorObligatory && asksForSecondFactor(signedIn(context).roles)) throw forbidden();
    const outcome = await removeOwnFactor(context, this.#parts.keys, { password: typed, code: totp });
    if (outcome.kind !== 'REMOVED') return toProblem(outcome, context.locale);
    return Object.assign(new SignedIn(), {
      viewer: await readViewer(context, this.#secondFactorObligatory, outcome.accountId),
    });
  }
}
