import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A partner app to create.' })
export class PartnerAppInput {
  @Field(() => ID, { description: 'UUIDv7 made by you; it becomes the clientId. Sent again it creates nothing twice.' })
  id!: string;

  @Field(() => String, { description: 'What people know it by, 80 characters at most.' })
  name!: string;

  @Field(() => String, {
    description: 'What it asks for, in words for the people whose data it reads; 300 characters at most.',
  })
  purpose!: string;

  @Field(() => [String], {
    description:
      'At least one of declarations:read, declarations:write, statistics:read; the last for a district or more.',
  })
  scopes!: string[];

  @Field(() => String, { description: 'The unit whose data it reaches, with those below: your own or one below.' })
  unitCode!: string;

  @Field(() => Int, { nullable: true, description: 'How many requests a minute, 1 to 100,000; 600 when absent.' })
  requestsPerMinute?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What its operations of a minute may cost, 1 to 100,000,000; 600,000 when absent.',
  })
  costPerMinute?: number | null;
}
