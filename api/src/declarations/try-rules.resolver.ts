import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { permit } from '../policy/policy.ts';
import type { Context } from '../policy/viewer.ts';
import { tryZone } from '../territory/zones/try-zone.service.ts';
import { ZoneInput } from '../territory/zones/zone-input.entity.ts';
import type { Parts } from './declarations.service.ts';
import { RuleTrial } from './rule-trial.entity.ts';
import { tryRules } from './try-rules.ts';

@Resolver()
export class TryRulesResolver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  @Mutation(() => RuleTrial, {
    description:
      'What a zone would advise, tried on the declarations of the last seven days that go to it or come from it, as if in force now; nothing is saved. Of what leaves it, only what goes to your jurisdiction. BAD_USER_INPUT as saveZone.',
  })
  async tryRules(
    @Ctx() context: Context,
    @Arg('input', () => ZoneInput, { description: 'The zone as it would be.' }) input: ZoneInput,
  ): Promise<RuleTrial> {
    const { territory } = this.#parts;
    const { at, locale: language } = context;
    const scope = permit(context, 'zone.save');
    const trial = tryZone(input, { scope, territory, at });
    return tryRules(await context.transaction(), { scope, current: territory.zones, trial, at, language });
  }
}
