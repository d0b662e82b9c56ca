import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { Locale } from '../platform/graphql/locale.ts';
import { badInput } from '../platform/graphql/problems.ts';
import { permit, signedIn, type Action } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import type { Territory } from '../territory/territory.service.ts';
import { CreateAccountResult, InvalidAccount, IssuedCredentials } from './account-results.entity.ts';
import { Account } from './account.entity.ts';
import { accountProblemTexts, type AccountProblem } from './account.problems.ts';
import { createAccounts, type CreateOutcome } from './create-accounts.ts';
import { CreateAccountInput } from './create-account.input.ts';
import type { Administrator } from './read-account.ts';
import { resetCredentials } from './reset-credentials.ts';
import { updateAccount } from './update-account.ts';
import { UpdateAccountInput } from './update-account.input.ts';

const mostAtOnce = 500;

@Resolver()
export class AccountChangesResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Mutation(() => CreateAccountResult, {
    description:
      'Creates an account at the own unit or below, with a password that works once. Sent again it answers the same account without the password.',
  })
  async createAccount(
    @Ctx() context: Context,
    @Arg('input', () => CreateAccountInput, { description: 'The account.' }) input: CreateAccountInput,
  ): Promise<typeof CreateAccountResult> {
    const [result] = await this.#create(context, [input]);
    if (!result) throw new Error('One account gave no result.');
    return result;
  }

  @Mutation(() => [CreateAccountResult], {
    description:
      'createAccount for 1 to 500 at once: one result each, in order; what is wrong with one keeps no other from being created.',
  })
  async createAccounts(
    @Ctx() context: Context,
    @Arg('input', () => [CreateAccountInput], { description: 'The accounts.' }) input: CreateAccountInput[],
  ): Promise<Array<typeof CreateAccountResult>> {
    if (input.length === 0 || input.length > mostAtOnce) {
      const texts = { vi: `Gửi từ 1 đến ${mostAtOnce} tài khoản.`, en: `Send 1 to ${mostAtOnce} accounts.` };
      throw badInput({ input: texts });
    }
    return this.#create(context, input);
  }

  @Mutation(() => Account, {
    description:
      'Changes an account of the own unit or below; the next request of its sessions is judged anew. The own account and administrators of the own unit are FORBIDDEN: those above change them.',
  })
  async updateAccount(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The account.' }) id: string,
    @Arg('input', () => UpdateAccountInput, { description: 'What to change.' }) input: UpdateAccountInput,
  ): Promise<Account> {
    const by = this.#administrator(context, 'account.update');
    return updateAccount(await context.transaction(), by, id, input);
  }

  @Mutation(() => IssuedCredentials, {
    description:
      'Gives an account a new password that works once, for whom updateAccount would work, and ends its sessions. Each time another password.',
  })
  async resetCredentials(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The account.' }) id: string,
    @Arg('version', () => Int, { nullable: true, description: 'As in UpdateAccountInput.' }) version: number | null,
  ): Promise<IssuedCredentials> {
    const by = this.#administrator(context, 'account.reset');
    const issued = await resetCredentials(await context.transaction(), by, id, version);
    return Object.assign(new IssuedCredentials(), issued);
  }

  #administrator(context: Context, action: Action): Administrator {
    const scope = permit(context, action);
    return { viewer: signedIn(context), scope, territory: this.#parts.territory, at: context.at };
  }

  async #create(context: Context, input: CreateAccountInput[]): Promise<Array<IssuedCredentials | InvalidAccount>> {
    const by = this.#administrator(context, 'account.create');
    const outcomes = await createAccounts(await context.transaction(), by, input);
    return outcomes.map((outcome) => show(outcome, context.locale));
  }
}

function show(outcome: CreateOutcome, locale: Locale): IssuedCredentials | InvalidAccount {
  if (outcome.kind === 'INVALID') return toInvalid(outcome.problems, locale);
  const oneTimePassword = outcome.kind === 'CREATED' ? outcome.oneTimePassword : null;
  return Object.assign(new IssuedCredentials(), { account: outcome.account, oneTimePassword });
}

function toInvalid(problems: AccountProblem[], locale: Locale): InvalidAccount {
  const message =
    locale === 'vi' ? 'Chưa tạo được tài khoản; hãy xem từng mục.' : 'The account was not created; see each field.';
  const fields = problems.map(({ path, code }) => ({ path, code, message: accountProblemTexts[code][locale] }));
  return Object.assign(new InvalidAccount(), { message, fields });
}
