import type { ProvinceCount } from './trace/count-by-province.ts';

export const TraceStatus = { READY: 'READY', RUNNING: 'RUNNING', AWAITING_APPROVAL: 'AWAITING_APPROVAL' } as const;
export type TraceStatus = keyof typeof TraceStatus;

/** A row of the table `case_trace`, as far as it is shown. */
export interface TraceRow {
  province_code: string;
  case_id: string;
  status: TraceStatus;
  generations: number;
  window_minutes: number;
  asked_by: string;
  reached_generation: number;
  people: number;
  links: number;
  counts: ProvinceCount[];
  crowds: Array<{ unitId: string; people: number }>;
  took_ms: number | null;
  traced_at: Date | null;
}

/** What a case is traced by where nothing else was asked for. */
export const usualTrace = { generations: 2, windowMinutes: 15, maxNodes: 2_000 } as const;
export const mostGenerations = 4;
export const longestWindowMinutes = 60;
export const mostNodes = 10_000;
