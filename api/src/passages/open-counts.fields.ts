import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../policy/viewer.ts';
import type { Declaration } from '../declarations/declaration.entity.ts';
import { openOfNumbers } from '../declarations/declarations.service.ts';
import { IdCard } from './id-card.entity.ts';
import { FoundDeclarations, ValidPass } from './passage-results.entity.ts';

const described = {
  description:
    'How many declarations are open in its province under its ID number or its phone, whichever has more, counted to 100. Many may be a flood in somebody’s name.',
};

/** The public form refuses nobody for a number's sake; the officer is told instead. */
async function openCountOf(context: Context, declarations: readonly Declaration[]): Promise<number> {
  const [first] = declarations;
  if (!first) return 0;
  const tx = await (context.transactions.open ?? context.transaction());
  const rows = declarations.map(({ row }) => row);
  const hashes = {
    numbers: rows.map(({ id_number_hmac }) => id_number_hmac),
    phones: rows.map(({ phone_hmac }) => phone_hmac),
  };
  return openOfNumbers(tx, first.row.province_code, hashes, context.at);
}

@Resolver(() => ValidPass)
export class ValidPassFields {
  @FieldResolver(() => Int, described)
  openCount(@Root() { declaration }: ValidPass, @Ctx() context: Context): Promise<number> {
    return openCountOf(context, [declaration]);
  }
}

@Resolver(() => FoundDeclarations)
export class FoundDeclarationsFields {
  @FieldResolver(() => Int, described)
  openCount(@Root() { declarations }: FoundDeclarations, @Ctx() context: Context): Promise<number> {
    return openCountOf(context, declarations);
  }
}

@Resolver(() => IdCard)
export class IdCardFields {
  @FieldResolver(() => Int, described)
  openCount(@Root() { openDeclarations }: IdCard, @Ctx() context: Context): Promise<number> {
    return openCountOf(context, openDeclarations);
  }
}
