import { expect, it } from 'vitest';
import { shallowRef } from 'vue';
import { aContact } from './an-outbreak.ts';
import { shownOf } from './shown.ts';
import { usePointed } from './use-pointed.ts';

it('what the pointer was over is told of no more once it is shown no more', () => {
  const all = [aContact('near', 1, [{}]), aContact('far', 2, [{ source: 'near' }])];
  const contacts = shallowRef(all);
  const shown = () => shownOf(contacts.value, 'case', { whole: 2, opened: new Set() });
  const pointed = usePointed({ caseId: () => 'case', visible: () => contacts.value, shown }, 'near');
  pointed.over.value = 'far';
  pointed.overLink.value = all[1]?.links[0] ?? null;
  expect(pointed.contact.value?.id).toBe('far');
  expect(pointed.link.value).toMatchObject({ source: 'near' });

  contacts.value = all.slice(0, 1);
  expect(pointed.contact.value?.id).toBe('near');
  expect(pointed.link.value).toBeNull();
  contacts.value = [];
  expect(pointed.at.value).toBe('case');
  expect(pointed.contact.value).toBeNull();
});
