import type { ContactOfCase, Link } from '../../contacts.ts';
import { colourOf, formOf, forms, lines, lookOf, radiusOf, type Form, type Palette } from '../graph-look.ts';
import type { Layout } from '../lay-out.ts';
import type { Shown } from '../shown.ts';

/** How somebody is drawn. */
export interface PersonMark {
  x: number;
  y: number;
  size: number;
  color: string;
  border: string;
  /** The place of the form among `forms`. */
  form: number;
  label: string;
  forceLabel: boolean;
}
/** How a link is drawn. */
export interface LinkMark {
  size: number;
  color: string;
  dash: readonly [on: number, of: number];
}
export interface CasePerson {
  id: string;
  fullName: string;
}

export interface Look {
  layout: Layout;
  palette: Palette;
  /** How many there are in all: many are drawn smaller. */
  people: number;
}

export const caseMark = ({ id, fullName }: CasePerson, look: Look): PersonMark => ({
  ...markOf(id, { generation: 0, form: 'CASE', name: fullName }, look),
  forceLabel: true,
});

export const contactMark = (contact: ContactOfCase, look: Look): PersonMark => {
  const { id, generation, citizen } = contact;
  return markOf(id, { generation, form: formOf(contact), name: citizen.fullName }, look);
};

/** As the conditions leave somebody: whom they hold for, who leads to those, smaller, or not at all. */
export function seenMark(id: string, mark: PersonMark, { found, between }: Shown): PersonMark & { hidden?: boolean } {
  if (found.has(id)) return mark;
  return between.has(id) ? { ...mark, size: mark.size * BETWEEN } : { ...mark, hidden: true };
}

function markOf(
  id: string,
  { generation, form, name }: { generation: number; form: Form; name: string },
  { layout, palette, people }: Look,
): PersonMark {
  const { x, y } = layout.places.get(id) ?? { x: 0, y: 0 };
  return {
    x,
    y: -y,
    size: radiusOf(generation, people),
    color: colourOf(generation, palette),
    border: palette.ink,
    form: forms.indexOf(form),
    label: `F${generation} ${name}`,
    forceLabel: false,
  };
}

// Of the size of whom the conditions hold for.
const BETWEEN = 0.6;

// Thousands of lines in one colour would hide each other, and what is behind.
const SEE_THROUGH = '66';

export function linkMark(link: Link, { palette, people }: Look): LinkMark {
  const { width, dash } = lines[lookOf(link)];
  const isMany = people > 2_000;
  return {
    size: isMany ? width * 0.4 : width,
    color: palette.link + (isMany ? SEE_THROUGH : ''),
    dash: dash ?? [0, 0],
  };
}
