import { writeAudit } from '../../platform/audit/audit.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { badInput, notFound } from '../../platform/graphql/problems.ts';
import { coversUnit, type Scope } from '../../policy/policy.ts';
import type { Viewer } from '../../policy/viewer.ts';
import type { Territory } from '../territory.service.ts';
import { planRules, type PlacedRule, type RuleChanges } from './plan-rules.ts';
import type { ZoneDraft } from './read-zone.ts';
import type { Zone } from './zone.ts';
import { zoneTexts } from './zone.problems.ts';
import { lockZones, readZones, rulesElsewhere, writeRules, writeZone } from './zones.queries.ts';

/** Creates the zone or makes it as sent; sent twice, the second time changes nothing and enters nothing. */
export async function saveZone(
  tx: Transaction,
  by: { viewer: Viewer; scope: Scope; at: Date; territory: Territory },
  draft: ZoneDraft,
): Promise<{ zone: Zone; changed: boolean }> {
  await lockZones(tx);
  const known = (await readZones(tx)).find(({ id }) => id === draft.id);
  if (known && !liesWithin(known, by.scope, by.territory)) throw notFound();
  await refuseRulesOfOthers(tx, draft);
  const rules = planRules(known ? placed(known) : [], draft.rules, by.at);
  const fields = known ? changedFields(known, draft) : [];
  if (known && fields.length === 0 && !changesAny(rules)) return { zone: known, changed: false };

  await writeZone(tx, draft, by.at);
  await writeRules(tx, draft.id, rules);
  await enter(tx, by, draft, known, fields, rules);
  const zone = (await readZones(tx)).find(({ id }) => id === draft.id);
  if (!zone) throw new Error(`Zone ${draft.id} was written and is not there.`);
  return { zone, changed: true };
}

/** One of another jurisdiction, also in part, is as good as none. */
export function liesWithin({ unitIds }: Zone, scope: Scope, territory: Territory): boolean {
  return unitIds.every((id) => coversUnit(scope, territory.byId(id)));
}

async function refuseRulesOfOthers(tx: Transaction, draft: ZoneDraft): Promise<void> {
  const ids = draft.rules.map(({ id }) => id);
  const taken = ids.length > 0 ? await rulesElsewhere(tx, ids, draft.id) : new Set();
  if (taken.size === 0) return;
  const path = { ENTRY: 'entryRules', EXIT: 'exitRules' } as const;
  const problems = (['ENTRY', 'EXIT'] as const).flatMap((list) =>
    draft.rules
      .filter(({ appliesTo }) => appliesTo === list)
      .flatMap(({ id }, index) => (taken.has(id) ? [[`${path[list]}.${index}.id`, zoneTexts.ruleElsewhere]] : [])),
  );
  throw badInput(Object.fromEntries(problems) as Record<string, { vi: string; en: string }>);
}

/** Where each rule stands: ended versions stand nowhere. */
function placed({ entryRules, exitRules }: Zone): PlacedRule[] {
  const lists = [
    { appliesTo: 'ENTRY', rules: entryRules },
    { appliesTo: 'EXIT', rules: exitRules },
  ] as const;
  return lists.flatMap(({ appliesTo, rules }) => {
    let place = 0;
    return rules.map((rule) => ({ rule, appliesTo, place: rule.endedAt === null ? place++ : -1 }));
  });
}

const changesAny = ({ ended, added, placed: moved }: RuleChanges) => ended.length + added.length + moved.length > 0;

const plainFields = ['name', 'level', 'startsOn', 'endsOn', 'contactName', 'contactPhone'] as const;

function changedFields(known: Zone, draft: ZoneDraft): string[] {
  const units = known.unitIds.toSorted().join() === draft.unitIds.toSorted().join() ? [] : ['units'];
  return [...plainFields.filter((field) => known[field] !== draft[field]), ...units];
}

async function enter(
  tx: Transaction,
  { viewer, territory }: { viewer: Viewer; territory: Territory },
  draft: ZoneDraft,
  known: Zone | undefined,
  fields: string[],
  { added, dropped }: RuleChanges,
): Promise<void> {
  const provinces = new Set(draft.unitIds.map((id) => territory.byId(id).provinceCode));
  const [only] = provinces;
  const rules = [...added.map(({ rule }) => `${rule.id}@${rule.version}`), ...dropped.map((id) => `${id} ended`)];
  await writeAudit(tx, {
    provinceCode: provinces.size === 1 && only ? only : 'VN',
    actorId: viewer.accountId,
    role: 'ADMIN',
    unitId: viewer.jurisdiction.unitId,
    action: known ? 'zone.change' : 'zone.create',
    subjectKind: 'zone',
    subjectIds: [draft.id],
    detail: {
      ...(known ? { changed: [...fields, ...(rules.length > 0 ? ['rules'] : [])] } : {}),
      ...(known && fields.includes('level') ? { before: { level: known.level }, after: { level: draft.level } } : {}),
      ...(rules.length > 0 ? { rules } : {}),
    },
  });
}
