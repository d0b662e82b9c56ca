/** The columns that Kysely's list statements name. Entities and text statements carry the rest. */
export interface DeclarationTable {
  province_code: string;
  id: string;
  occurred_at: Date;
  citizen_id: string;
  submitted_at: Date;
  channel: string;
  origin_unit_id: string;
  destination_address_unit_id: string;
  advice: string;
  valid_until: Date;
  withdrawn_at: Date | null;
}

export interface PassageTable {
  province_code: string;
  id: string;
  occurred_at: Date;
  checkpoint_id: string;
  citizen_id: string | null;
  declaration_id: string | null;
  direction: string;
  decision: string;
  channel: string;
  paper_form_number: string | null;
  plate: string | null;
  purpose: string | null;
  recorded_by: string;
  recorded_at: Date;
  recorded_offline: boolean;
  flagged: boolean;
  corrects: string | null;
}

export interface ArrivalTable {
  province_code: string;
  declaration_id: string;
  declaration_occurred_at: Date;
  unit_id: string;
  stays_until: string | null;
  came_at: Date | null;
  came_through: string | null;
  left_at: Date | null;
  reported_at: Date | null;
  reported_by: string | null;
  arrived_at: Date | null;
}

export interface CheckpointTable {
  id: string;
  code: string;
  name: string;
  unit_id: string;
  province_code: string;
  kind: string;
  latitude: number | null;
  longitude: number | null;
  active: boolean;
}

export interface AccountTable {
  id: string;
  username: string;
  full_name: string;
  roles: string[];
  unit_id: string;
  active: boolean;
  must_change_password: boolean;
  created_at: Date;
}

export interface AuditEntryTable {
  province_code: string;
  id: string;
  at: Date;
  actor_id: string | null;
  unit_id: string | null;
  action: string;
}

export interface RegistryVerificationTable {
  province_code: string;
  citizen_id: string;
  status: string;
  failure: string | null;
  mismatches: string[];
  attempts: number;
  enqueued_at: Date;
  due_at: Date | null;
  checked_at: Date | null;
  dead_since: Date | null;
  checkpoint_id: string;
  unit_id: string;
  passed_at: Date;
  resolution_kind: string | null;
  resolution_reason: string | null;
  resolved_at: Date | null;
  resolved_by: string | null;
}

export interface Tables {
  administrative_unit: { unit_id: string; province_code: string };
  audit_entry: AuditEntryTable;
  declaration: DeclarationTable;
  passage: PassageTable;
  arrival: ArrivalTable;
  checkpoint: CheckpointTable;
  account: AccountTable;
  registry_verification: RegistryVerificationTable;
}
