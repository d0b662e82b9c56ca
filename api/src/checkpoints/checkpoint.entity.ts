import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';

export const CheckpointKind = { ROAD: 'ROAD', RAIL: 'RAIL', WATER: 'WATER', AIR: 'AIR' } as const;
export type CheckpointKind = keyof typeof CheckpointKind;
registerEnumType(CheckpointKind, {
  name: 'CheckpointKind',
  description: 'What passes at a checkpoint.',
  valuesConfig: {
    ROAD: { description: 'A road, a bridge or a toll gate.' },
    RAIL: { description: 'A railway station.' },
    WATER: { description: 'A port or a ferry landing.' },
    AIR: { description: 'An airport.' },
  },
});

/** Its unit comes from territory's memory, by `unitId`. */
@Entity({ tableName: 'checkpoint' })
@ObjectType({ description: 'A place where movement is checked and recorded.', simpleResolvers: true })
export class Checkpoint {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'UUIDv7, made by the client that created it.' })
  id!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Its short code, unique in the province: TH-01.' })
  code!: string;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Its name as people know it: Chốt Dốc Xây.' })
  name!: string;

  @Property({ type: 'text' })
  unitId!: string;

  @Property({ type: 'text' })
  provinceCode!: string;

  @Property({ type: 'text' })
  @Field(() => CheckpointKind, { description: 'What passes there.' })
  kind!: CheckpointKind;

  @Property({ type: 'double', nullable: true })
  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84; null where not known.' })
  latitude!: number | null;

  @Property({ type: 'double', nullable: true })
  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84; null where not known.' })
  longitude!: number | null;

  /** What an administrator last said. Whether it is open now is closing.ts's to say. */
  @Property({ type: 'boolean' })
  active!: boolean;

  /** From this moment on nobody passes there; null where no end is set. */
  @Property({ type: 'timestamptz', nullable: true })
  closesAt!: Date | null;

  @Property({ type: 'timestamptz' })
  createdAt!: Date;
}
