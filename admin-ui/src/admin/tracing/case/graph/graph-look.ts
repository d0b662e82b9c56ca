import type { ExposureKind } from '../../../../gql/admin/graphql.ts';
import type { Theme } from '../../../../session/theme.ts';
import { isKept, type ContactOfCase, type Link } from '../contacts.ts';

/** What a mark's form says: how far the commune is with somebody. Each also has a place among the shader's forms. */
export const forms = ['CASE', 'WAITING', 'ISOLATING', 'POSITIVE', 'CLEARED', 'LOST', 'DISMISSED'] as const;
export type Form = (typeof forms)[number];

const formOfStatus = {
  NOT_CONTACTED: 'WAITING',
  CONTACTED: 'WAITING',
  ISOLATING: 'ISOLATING',
  TESTED_POSITIVE: 'POSITIVE',
  TESTED_NEGATIVE: 'CLEARED',
  COMPLETED: 'CLEARED',
  LOST: 'LOST',
} as const;

export const formOf = ({ followUp }: ContactOfCase): Form => (followUp ? formOfStatus[followUp.status] : 'DISMISSED');

/** Each form as an outline of radius 1, y downwards: for the legend and the picture. The shader draws the same. */
export const outlines: Record<Form, string> = {
  CASE: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0ZM.72 0A.72 .72 0 1 0-.72 0A.72 .72 0 1 0 .72 0ZM.45 0A.45 .45 0 1 1-.45 0A.45 .45 0 1 1 .45 0Z',
  WAITING: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z',
  ISOLATING: 'M-.72-.72H.72V.72H-.72Z',
  POSITIVE: 'M0-1L.866 .5H-.866Z',
  CLEARED: 'M0-1L1 0L0 1L-1 0Z',
  LOST: 'M-.94-.5L-.5-.94L0-.44L.5-.94L.94-.5L.44 0L.94 .5L.5 .94L0 .44L-.5 .94L-.94 .5L-.44 0Z',
  DISMISSED: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0ZM.62 0A.62 .62 0 1 0-.62 0A.62 .62 0 1 0 .62 0Z',
};

export type LinkLook = ExposureKind | 'DISMISSED';
export const lookOf = (link: Link): LinkLook => (isKept(link) ? link.kind : 'DISMISSED');

/** Of a link's line: how thick, and how much is drawn of how much, in pixels; a whole line has no dash. */
export const lines: Record<LinkLook, { width: number; dash: readonly [on: number, of: number] | null }> = {
  SAME_VEHICLE: { width: 3, dash: null },
  SAME_HOUSEHOLD: { width: 3, dash: [9, 13] },
  SAME_CHECKPOINT: { width: 1.25, dash: null },
  DECLARED: { width: 1.5, dash: [5, 8] },
  DISMISSED: { width: 1.5, dash: [2, 8] },
};

/** As a canvas and SVG have it: drawn, left out. */
export const strokeDash = (dash: readonly [on: number, of: number] | null): number[] =>
  dash ? [dash[0], dash[1] - dash[0]] : [];

export interface Palette {
  /** F0, F1, F2, F3, F4. */
  generations: readonly [string, string, string, string, string];
  ink: string;
  paper: string;
  link: string;
  grid: string;
}

// Of Okabe and Ito's colours those that stand out from each ground at 3:1; the border in ink does at more.
const onLight = ['#000000', '#d55e00', '#0072b2', '#009e73', '#cc79a7'] as const;
const onDark = ['#ffffff', '#e69f00', '#56b4e9', '#009e73', '#cc79a7'] as const;

export const palettes: Record<Theme, Palette> = {
  light: { generations: onLight, ink: '#14212b', paper: '#ffffff', link: '#6d7a83', grid: '#dcd9d0' },
  dark: { generations: onDark, ink: '#eef3f4', paper: '#131e25', link: '#7d919b', grid: '#263640' },
  sunlight: { generations: onLight, ink: '#000000', paper: '#ffffff', link: '#000000', grid: '#000000' },
};

const RADII = [13, 9, 7, 6, 5] as const;

/** Nearer people are drawn larger; among many all are smaller. */
export const radiusOf = (generation: number, people: number): number =>
  (RADII[generation] ?? 5) * (people > 2_000 ? 0.5 : people > 300 ? 0.75 : 1);

export const colourOf = (generation: number, palette: Palette): string =>
  palette.generations[generation] ?? palette.ink;
