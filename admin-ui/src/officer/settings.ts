import { ref, watch, type Ref } from 'vue';
import { read, write } from '../session/locale.ts';
import type { Direction } from '../gql/officer/graphql.ts';

/** What an officer chose on this device, kept for the next time. */
function remembered<Value extends string>(key: string, first: Value, known: (text: string) => boolean): Ref<Value> {
  const before = read(key);
  const chosen = ref(before !== null && known(before) ? before : first) as Ref<Value>;
  watch(chosen, (value) => write(key, value), { flush: 'sync' });
  return chosen;
}

const isSwitch = (text: string) => text === 'on' || text === 'off';
type Switch = 'on' | 'off';

/** IN or OUT stays where it was put: a checkpoint has a lane for each way. */
export const direction = remembered<Direction>(
  'cordon.officer.direction',
  'IN',
  (text) => text === 'IN' || text === 'OUT',
);
export const checkpointId = remembered<string>('cordon.officer.checkpoint', '', () => true);
/** The checkpoint and the unit it was in when the officer last said that they know. */
export const knownPlace = remembered<string>('cordon.officer.place', '', () => true);
export const sound = remembered<Switch>('cordon.officer.sound', 'off', isSwitch);
/** Keys without Ctrl or Alt can be switched off: they get in the way of who steers by voice (WCAG 2.1.4). */
export const singleKeys = remembered<Switch>('cordon.officer.single-keys', 'on', isSwitch);
/** Off at a checkpoint with a hand scanner: then no permission is asked for. */
export const camera = remembered<Switch>('cordon.officer.camera', 'on', isSwitch);
