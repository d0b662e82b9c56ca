import { nfc } from '../platform/shared/text.ts';
import { vietnamDate } from '../platform/shared/vietnam-date.ts';
import { unitOfDay } from '../territory/succession.service.ts';
import type { Territory } from '../territory/territory.service.ts';
import { readPlate } from '../declarations/shared/plate.ts';
import { timeOf } from '../declarations/declarations.service.ts';
import type { PassageRow } from './passage.row.ts';
import type { Resolved } from './resolve-who.ts';

export interface Recording {
  at: Date;
  territory: Territory;
  recordedBy: string;
  checkpoint: { id: string; unitId: string; provinceCode: string };
  contentHash: Buffer;
}

type Copied = Pick<
  PassageRow,
  | 'citizen_id'
  | 'declaration_province'
  | 'declaration_id'
  | 'declaration_occurred_at'
  | 'channel'
  | 'advice'
  | 'purpose'
  | 'origin_unit_id'
  | 'destination_unit_id'
  | 'vehicle'
  | 'plate'
  | 'paper_form_number'
>;

const nobody: Copied = {
  citizen_id: null,
  declaration_province: null,
  declaration_id: null,
  declaration_occurred_at: null,
  channel: 'ASSISTED',
  advice: null,
  purpose: null,
  origin_unit_id: null,
  destination_unit_id: null,
  vehicle: null,
  plate: null,
  paper_form_number: null,
};

/** The row of a passage, its flags still to be judged. */
export function preparePassage(resolved: Resolved, recording: Recording): PassageRow {
  const { input } = resolved;
  const copied = copiedFrom(resolved);
  const { checkpoint, territory } = recording;
  const occurredAt = timeOf(input.id);
  return {
    ...copied,
    // Judged without network, the officer saw what the device knew then.
    advice: (resolved.who.kind === 'DECLARATION' && input.advice) || copied.advice,
    province_code: checkpoint.provinceCode,
    id: input.id,
    occurred_at: occurredAt,
    recorded_at: recording.at,
    checkpoint_id: checkpoint.id,
    unit_id: unitOfDay(territory.byId(checkpoint.unitId), vietnamDate(occurredAt)).id,
    direction: input.direction,
    decision: input.decision,
    reason: input.reason ? nfc(input.reason) : null,
    evidence: input.evidence,
    vehicle: input.vehicle ?? copied.vehicle,
    plate: input.plate ? readPlate(input.plate) : copied.plate,
    recorded_by: recording.recordedBy,
    recorded_offline: input.recordedOffline ?? false,
    flags: [],
    flagged: false,
    corrects: input.corrects ?? null,
    content_hash: recording.contentHash,
  };
}

function copiedFrom({ who, corrected }: Resolved): Copied {
  if (who.kind === 'CITIZEN') return { ...nobody, citizen_id: who.citizenId };
  if (who.kind === 'PAPER') return { ...nobody, channel: 'PAPER', paper_form_number: who.formNumber };
  if (who.kind !== 'DECLARATION') return corrected ?? nobody;
  const { source, formNumber } = who;
  return {
    citizen_id: source.citizen_id,
    declaration_province: source.declaration_province,
    declaration_id: source.id,
    declaration_occurred_at: source.declaration_occurred_at,
    channel: source.channel,
    // Of a form's number the officer saw nothing advised.
    advice: formNumber === null ? source.advice : null,
    purpose: source.purpose,
    origin_unit_id: source.origin_unit_id,
    destination_unit_id: source.destination_unit_id,
    vehicle: (formNumber && corrected?.vehicle) || source.vehicle,
    plate: (formNumber && corrected?.plate) || source.plate,
    paper_form_number: formNumber,
  };
}
