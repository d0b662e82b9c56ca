import type { Facts } from '#api/territory/shared/movement-rules/facts.ts';

/** Nobody in particular: healthy, untested, unvaccinated, from where no zone is. */
const plain: Facts = {
  symptoms: [],
  contactWithCase: false,
  contactWithSymptomatic: false,
  contactFromAffectedArea: false,
  visitedEpidemicArea: false,
  testNegative: null,
  testAgeHours: null,
  vaccineDoses: 0,
  age: 35,
  originLevel: 1,
  destinationLevel: 0,
  visitedLevel: 1,
  purpose: 'HOME',
  vehicle: 'MOTORBIKE',
  direction: 'IN',
  nationality: 'VNM',
};

/** Ready-made people to try rules on, each different in what rules ask for. */
export const examplePeople = {
  HOMEBOUND: { ...plain, vaccineDoses: 2 },
  FROM_LEVEL_4: {
    ...plain,
    ...{ originLevel: 4, visitedLevel: 4, visitedEpidemicArea: true, vaccineDoses: 1, vehicle: 'COACH' },
  },
  DRIVER: {
    ...plain,
    ...{ purpose: 'GOODS', vehicle: 'TRUCK', testNegative: true, testAgeHours: 30, vaccineDoses: 2, age: 41 },
  },
  PATIENT: { ...plain, purpose: 'MEDICAL', vehicle: 'CAR', symptoms: ['FEVER', 'COUGH'], age: 58, vaccineDoses: 2 },
  CHILD: { ...plain, age: 5, purpose: 'FAMILY', vehicle: 'CAR' },
  CONTACT: { ...plain, contactWithCase: true, testNegative: true, testAgeHours: 80, vaccineDoses: 2 },
} satisfies Record<string, Facts>;

export type ExampleName = keyof typeof examplePeople;
export const exampleNames = Object.keys(examplePeople) as ExampleName[];
