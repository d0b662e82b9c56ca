import { computed } from 'vue';
import { viewer } from '../../session/viewer.ts';

/** What the navigation leads to, by what people do; only what the viewer's permissions let work. */
const pages = [
  { name: 'overview', permission: null },
  { name: 'live', permission: 'traffic.watch' },
  { name: 'checkpoints', permission: 'checkpoint.read' },
  { name: 'declarations', permission: 'declaration.list' },
  { name: 'passages', permission: 'passage.list' },
  { name: 'arrivals', permission: 'arrival.list' },
  { name: 'people', permission: 'citizen.search' },
  { name: 'mismatches', permission: 'mismatch.resolve' },
  { name: 'units', permission: 'zone.read' },
  { name: 'tracing', permission: 'case.read' },
  { name: 'followUps', permission: 'follow-up.read' },
  { name: 'zones', permission: 'zone.read' },
  { name: 'accounts', permission: 'account.read' },
  { name: 'partnerApps', permission: 'partner.read' },
  { name: 'reports', permission: 'report.read' },
  { name: 'exports', permission: 'export.request' },
  { name: 'audit', permission: 'audit.read' },
] as const;

export const may = (permission: string): boolean => viewer.value?.permissions.includes(permission) ?? false;

/** Null: for whoever works here, which a wall screen does not. */
const mayFor = (permission: string | null): boolean => (permission === null ? !viewer.value?.wall : may(permission));

export const openPages = computed(() => pages.filter(({ permission }) => mayFor(permission)).map(({ name }) => name));

/** Pages that stand in no list, reached from others: the own account is everybody's. */
const unlisted: Record<string, string | null> = {
  profile: null,
  thresholds: 'traffic.thresholds',
  'account-import': 'account.create',
  'zone-form': 'zone.save',
  unsettled: 'account.update',
  doubles: 'citizen.merge',
  deadLetters: 'registry.retry',
  daily: 'report.read',
  'case-form': 'case.open',
  'case-upload': 'case.open',
  'case-change': 'case.update',
  'contact-name': 'case.trace',
  case: 'case.read',
};

/** Whether a page works for the viewer. */
export function mayOpen(page: string): boolean {
  const permission = unlisted[page];
  if (permission === undefined) return openPages.value.some((name) => name === page);
  return mayFor(permission);
}
