import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../policy/viewer.ts';
import { alertText } from './alert-texts.ts';
import { TrafficAlert } from './traffic-alert.entity.ts';

@Resolver(() => TrafficAlert)
export class AlertFields {
  @FieldResolver(() => String, { description: "What is the matter, with its figures, in the reader's language." })
  message(@Root() { alert, since }: TrafficAlert, @Ctx() { locale }: Context): string {
    return alertText(alert, since.getTime(), locale);
  }
}
