import type { Territory } from '../territory/territory.service.ts';
import type { CheckContext } from './shared/declaration-checks.ts';
import type { Channel } from './shared/declaration-draft.ts';

/** What the rules of the form ask for on the server: units as of the row's own day. */
export function checkContext(
  territory: Territory,
  { at, channel, day }: { at: Date; channel: Channel; day: string },
): CheckContext {
  return {
    now: at,
    channel,
    checkClock: true,
    unit: (code) => {
      const unit = territory.byCode(code, day);
      return (
        unit && {
          code: unit.code,
          level: unit.level,
          path: territory
            .path(unit)
            .map((step) => step.code)
            .reverse(),
        }
      );
    },
  };
}
