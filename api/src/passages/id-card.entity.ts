import { Field, ObjectType } from 'type-graphql';
import { CardHolder } from '../people/card-holder.entity.ts';
import { Citizen } from '../people/citizen.entity.ts';
import { Declaration } from '../declarations/declaration.entity.ts';
import { Flag, flagKinds } from './passage.entity.ts';

@ObjectType({
  description:
    "A chip card's QR (of 2021 or of July 2024) or the personal QR v1.1, as read: anybody can write one, so compare it with the card. Nothing of it is stored.",
  simpleResolvers: true,
})
export class IdCard extends CardHolder {
  @Field(() => Citizen, {
    nullable: true,
    description: "The person whom the checkpoint's province knows by one of the numbers.",
  })
  citizen!: Citizen | null;

  @Field(() => [Declaration], {
    description:
      "Open in the checkpoint's province under one of the numbers, newest first, 20 at most; open there for 24 hours.",
  })
  openDeclarations!: Declaration[];

  @Field(() => [Flag], { complexity: flagKinds, description: 'What stands out.' })
  flags!: Flag[];
}
