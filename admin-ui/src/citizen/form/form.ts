import { inject, provide, reactive, watch, type InjectionKey } from 'vue';
import type { Draft } from './draft.ts';
import { keepDraft } from './draft-store.ts';
import { useFieldProblems } from './field-problems.ts';

type Form = ReturnType<typeof useFieldProblems> & { draft: Draft };
const formKey: InjectionKey<Form> = Symbol('form');

/** The form and what is wrong with it, for its screens; every change is kept on the phone at once. */
export function provideForm(opened: Draft): Form {
  const draft = reactive(opened);
  // A pass on the way out closes the draft: nothing is kept after that.
  watch(draft, () => keepDraft(draft));
  const form = { draft, ...useFieldProblems(draft) };
  provide(formKey, form);
  return form;
}

export function useForm(): Form {
  const form = inject(formKey);
  if (!form) throw new Error('Outside the form.');
  return form;
}
