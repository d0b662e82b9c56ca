import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../platform/graphql/dates.ts';
import { Checkpoint } from '../checkpoints/checkpoint.entity.ts';
import { AlertKind, type Alert } from './alert.ts';

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description: 'Why a checkpoint needs attention. From when on, trafficThresholds says.',
  valuesConfig: {
    SURGE: { description: 'Far more pass than usual there at this time of the day.' },
    SILENCE: { description: 'It is open, and nobody has passed for long, at a time when somebody usually does.' },
    REFUSAL_RATE: { description: 'Of those who passed in the last hour, many were refused.' },
    WATCH_LIST: { description: 'Somebody on the watch list was stopped there.' },
  },
});

@ObjectType({ description: 'Something at a checkpoint that needs attention now.', simpleResolvers: true })
export class TrafficAlert {
  @Field(() => AlertKind, { description: 'Why. A checkpoint has one alert of a kind at most.' })
  kind!: AlertKind;

  @Field(() => Checkpoint, { description: 'Where.' })
  checkpoint!: Checkpoint;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: Date;

  /** What its message tells. */
  alert!: Alert;
}
