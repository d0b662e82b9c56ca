import type { Transaction } from '../database/transaction.ts';
import { uuid7Time } from '../shared/uuid7.ts';
import { elsewhere, writeAudit, type AuditEntry, type Subject } from './audit.ts';
import type { AuditWriter } from './audit-writer.ts';

/** Who is signed in, as an entry has it. */
export interface AuditActor {
  accountId: string;
  /** The partner app that asks: whom it shows is told its name and what for. Null for an account. */
  app: { name: string; purpose: string } | null;
  roles: readonly string[];
  unitId: string;
  /** Of the unit. */
  provinceCode: string;
}

/** People shown whole: their declarations, or they themselves, and what else was shown of people without one. */
export interface Look {
  action: string;
  role: string;
  declarations: readonly Subject[];
  /** People who were shown by what is known of them, not by a declaration: such a look names no declaration. */
  citizens?: readonly Subject[];
  passageIds?: readonly string[];
  reason?: string;
  /** Entered even where it showed nobody. */
  always?: boolean;
  /** Counts, codes and names of fields. */
  detail?: Record<string, unknown>;
}

export interface Refusal {
  field: string;
  code: string;
  subjectKind: string | null;
  /** What was asked for, as sent. */
  subjectId: unknown;
  checkpointId: unknown;
}

interface Looked {
  look: Look;
  declarations: Map<string, Subject>;
  citizens: Map<string, Subject>;
  passageIds: Set<string>;
}

/** What one request of a signed-in account showed whole, and what it was refused: one entry each, before the answer leaves. */
export class RequestTrail {
  readonly #actor: AuditActor | null;
  readonly #writer: AuditWriter;
  readonly #ip: string;
  readonly #entered = new Set<string>();
  #looks = new Map<string, Looked>();
  #refusals: Refusal[] = [];

  constructor(actor: AuditActor | null, writer: AuditWriter, ip: string) {
    this.#actor = actor;
    this.#writer = writer;
    this.#ip = ip;
  }

  /** Declarations that the request has an entry of already, as a scan does. */
  entered(ids: readonly string[]): void {
    for (const id of ids) this.#entered.add(id);
  }

  /** Notes that people are shown whole to whoever is signed in. */
  saw(look: Look): void {
    const key = JSON.stringify([look.action, look.role, look.reason, look.detail]);
    const looked = this.#looks.get(key) ?? {
      look,
      declarations: new Map(),
      citizens: new Map(),
      passageIds: new Set(),
    };
    this.#looks.set(key, looked);
    for (const subject of look.declarations) looked.declarations.set(subject.id, subject);
    for (const subject of look.citizens ?? []) looked.citizens.set(subject.id, subject);
    for (const id of look.passageIds ?? []) looked.passageIds.add(id);
  }

  refused(refusal: Refusal): void {
    if (this.#actor) this.#refusals.push(refusal);
  }

  /** Enters the looks in the request's transaction, or in one of their own. What fails here must keep the data back. */
  async enterLooks(open: Promise<Transaction> | undefined): Promise<void> {
    const looks = [...this.#looks.values()];
    this.#looks = new Map();
    for (const looked of looks) {
      const entry = this.#entryOf(looked);
      if (!entry) continue;
      if (open) await writeAudit(await open, entry);
      else await this.#writer.enter(entry);
    }
  }

  #entryOf({ look, declarations, citizens, passageIds }: Looked): AuditEntry | null {
    const shown = look.citizens ? citizens : declarations;
    const subjects = [...shown.values()].filter(({ id }) => !this.#entered.has(id));
    if (!this.#actor || (subjects.length + passageIds.size === 0 && !look.always)) return null;
    const { accountId, app, unitId, provinceCode } = this.#actor;
    return {
      provinceCode,
      actorId: accountId,
      role: look.role,
      unitId,
      action: look.action,
      subjectKind: look.citizens ? 'citizen' : 'declaration',
      subjectIds: subjects.map(({ id }) => id),
      reason: look.reason ?? app?.purpose ?? null,
      detail: {
        ...(app ? { app: app.name } : {}),
        ...look.detail,
        ...elsewhere(provinceCode, subjects),
        ...(passageIds.size > 0 ? { passageIds: [...passageIds] } : {}),
      },
    };
  }

  /** Enters what was refused. It stays refused where this fails. */
  async enterRefusals(): Promise<void> {
    const refusals = this.#refusals;
    this.#refusals = [];
    const [first] = refusals;
    if (!this.#actor || !first) return;
    const { accountId, roles, unitId, provinceCode } = this.#actor;
    const known = refusals.filter(({ subjectId }) => isId(subjectId));
    const [kind, ...others] = new Set(known.map(({ subjectKind }) => subjectKind));
    await this.#writer.enter({
      provinceCode,
      actorId: accountId,
      role: roles.join(','),
      unitId,
      action: 'access.refused',
      ...(kind && others.length === 0 ? { subjectKind: kind } : {}),
      subjectIds: [...new Set(known.map(({ subjectId }) => subjectId as string))],
      checkpointId: refusals.map(({ checkpointId }) => checkpointId).find(isId) ?? null,
      detail: { ip: this.#ip, refused: [...new Set(refusals.map(({ field, code }) => `${field} ${code}`))] },
    });
  }
}

/** Only what is an id is kept of what was sent: people type numbers into the wrong field. */
const isId = (sent: unknown): sent is string => typeof sent === 'string' && uuid7Time(sent) !== null;
