import { h } from 'vue';
import type { ZoneRowFragment } from '../../gql/admin/graphql.ts';
import ActiveMark from '../ActiveMark.vue';
import { formatDay } from '../days.ts';
import type { Column } from '../lists/column.ts';
import { today } from '../moments.ts';
import { t } from '../texts.ts';
import { wholePlace } from '../unit-place.ts';
import LevelMark from './LevelMark.vue';
import ZoneName from './ZoneName.vue';
import { stateOf } from './zone-state.ts';

const stateText = (row: ZoneRowFragment) => t(`zones.states.${stateOf(row, today())}`);

/** "từ 23/08/2021", "từ 23/08/2021 đến 05/09/2021" */
export const daysText = ({ startsOn, endsOn }: Pick<ZoneRowFragment, 'startsOn' | 'endsOn'>): string =>
  endsOn
    ? t('zones.fromTo', { from: formatDay(startsOn), to: formatDay(endsOn) })
    : t('zones.from', { from: formatDay(startsOn) });

export const zoneColumns: readonly Column<ZoneRowFragment>[] = [
  { key: 'name', title: true, text: ({ name }) => name, draw: (row) => h(ZoneName, { row }) },
  {
    key: 'level',
    text: ({ level }) => t(`zones.levels.${level}`),
    draw: ({ level }) => h(LevelMark, { level, short: true }),
    from: 'wide',
  },
  { key: 'units', text: ({ units }) => units.map((unit) => wholePlace(unit)).join('; '), from: 'wider' },
  { key: 'days', text: daysText, from: 'wider' },
  {
    key: 'state',
    text: stateText,
    draw: (row) => h(ActiveMark, { active: stateOf(row, today()) === 'NOW', words: stateText(row) }),
    from: 'wide',
  },
];
