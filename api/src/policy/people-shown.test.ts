import { expect, it } from 'vitest';
import type { Action } from './policy.ts';
import { peopleShown } from './people-shown.ts';
import { personalTypes } from './personal-types.ts';

it.each(personalTypes['Case'] ?? [])('who may %s is told that it shows people of cases whole', (action) => {
  expect(peopleShown(action as Action, { checkpointIds: null })).toBe('WHOLE');
});
