import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { checkIds } from '../../platform/graphql/check-ids.ts';
import { permit, signedIn } from '../../policy/policy.ts';
import type { Context } from '../../policy/viewer.ts';
import type { Territory } from '../../territory/territory.service.ts';
import type { Administrator } from '../read-account.ts';
import { createPartnerApp, revokePartnerApp, rotatePartnerSecret, type Issued } from './change-partner-apps.ts';
import { IssuedPartnerApp, PartnerApp } from './partner-app.entity.ts';
import { PartnerAppInput } from './partner-app.input.ts';
import { partnerAppById, partnerAppsIn } from './partner-apps.queries.ts';
import { readPartnerApp } from './read-partner-app.ts';

@Resolver()
export class PartnerAppsResolver {
  readonly #parts: { territory: Territory };

  constructor(parts: { territory: Territory }) {
    this.#parts = parts;
  }

  @Query(() => [PartnerApp], {
    description: 'The partner apps of your jurisdiction, those that are active first, by name; 500 at most.',
  })
  async partnerApps(@Ctx() context: Context): Promise<PartnerApp[]> {
    const scope = permit(context, 'partner.read');
    const rows = await partnerAppsIn(await context.transaction(), scope);
    return rows.map((row) => new PartnerApp(row));
  }

  @Query(() => PartnerApp, {
    nullable: true,
    description: 'One app; null where your jurisdiction has none of this id.',
  })
  async partnerApp(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The app.' }) id: string,
  ): Promise<PartnerApp | null> {
    const scope = permit(context, 'partner.read');
    checkIds({ id });
    const row = await partnerAppById(await context.transaction(), scope, id);
    return row && new PartnerApp(row);
  }

  @Mutation(() => IssuedPartnerApp, {
    description:
      'Creates a partner app at the own unit or below, with a secret that is shown once. Sent again it answers the same app without the secret.',
  })
  async createPartnerApp(
    @Ctx() context: Context,
    @Arg('input', () => PartnerAppInput, { description: 'The app.' }) input: PartnerAppInput,
  ): Promise<IssuedPartnerApp> {
    const by = this.#administrator(context);
    const draft = readPartnerApp(input, by);
    return show(await createPartnerApp(await context.transaction(), by, draft));
  }

  @Mutation(() => IssuedPartnerApp, {
    description:
      'Gives an app a new secret. The one before works for 24 hours beside it, so that the app changes over without a stop.',
  })
  async rotatePartnerSecret(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The app.' }) id: string,
    @Arg('atOnce', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'True where the secret leaked: it and its tokens end at once.',
    })
    atOnce: boolean,
  ): Promise<IssuedPartnerApp> {
    const by = this.#administrator(context);
    return show(await rotatePartnerSecret(await context.transaction(), by, { id, atOnce }));
  }

  @Mutation(() => PartnerApp, {
    description: 'Revokes an app for good: its next request is refused. Sent again it changes nothing.',
  })
  async revokePartnerApp(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The app.' }) id: string,
  ): Promise<PartnerApp> {
    const by = this.#administrator(context);
    return new PartnerApp(await revokePartnerApp(await context.transaction(), by, id));
  }

  #administrator(context: Context): Administrator {
    const scope = permit(context, 'partner.change');
    return { viewer: signedIn(context), scope, territory: this.#parts.territory, at: context.at };
  }
}

const show = ({ app, secret }: Issued): IssuedPartnerApp =>
  Object.assign(new IssuedPartnerApp(), { app: new PartnerApp(app), clientSecret: secret });
