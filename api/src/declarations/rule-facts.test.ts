import { expect, it } from 'vitest';
import { factKinds } from '../territory/shared/movement-rules/facts.ts';
import { Symptom, TravelPurpose, VehicleKind } from './shared/declaration-draft.ts';

it('rules speak of the symptoms, purposes and vehicles that the form has', () => {
  expect(factKinds.symptoms.values).toEqual(Object.values(Symptom));
  expect(factKinds.purpose.values).toEqual(Object.values(TravelPurpose));
  expect(factKinds.vehicle.values).toEqual(Object.values(VehicleKind));
});
