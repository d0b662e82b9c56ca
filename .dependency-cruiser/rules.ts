// The house's floors and doors (docs/architecture.md), as dependency-cruiser reads them.
import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Each room of api/src and its floor: a room imports only from floors below its own. */
export const floors: Readonly<Record<string, number>> = {
  platform: 0,
  policy: 1,
  territory: 2,
  checkpoints: 3,
  accounts: 4,
  audit: 5,
  people: 5,
  registry: 6,
  watchlist: 6,
  declarations: 7,
  mismatches: 8,
  passes: 8,
  passages: 9,
  tracing: 10,
  traffic: 10,
  reports: 11,
  partners: 12,
  retention: 12,
  keys: 12,
  demo: 12,
};

const openToAll = 'platform|policy';
const doors = String.raw`\.(entity|service|events|problems)\.ts$|^api/src/[^/]+/shared/`;
const tests = String.raw`\.test\.ts$`;
const room = String.raw`^api/src/([^/]+)/`;
const sharedPackages = 'node_modules/(cborg|base45|json-logic-engine)/';
const surfaces = 'citizen|officer|admin';

const floorRules = Object.entries(floors).map(([name, floor]): IForbiddenRuleType => {
  const notBelow = Object.keys(floors).filter((other) => other !== name && (floors[other] ?? 0) >= floor);
  return {
    name: 'floor',
    severity: 'error',
    comment: `${name}/ stands on floor ${floor} and imports only from floors below it.`,
    from: { path: `^api/src/${name}/` },
    to: { path: `^api/src/(${notBelow.join('|')})/` },
  };
});

const apiRules: IForbiddenRuleType[] = [
  {
    name: 'root',
    severity: 'error',
    comment: 'The composition root stands above every room: no room imports main.ts, config.ts or their neighbours.',
    from: { path: room },
    to: { path: String.raw`^api/src/[^/]+\.ts$` },
  },
  {
    name: 'door',
    severity: 'error',
    comment: 'A room is entered by its *.entity, *.service, *.events and *.problems files and by shared/ only.',
    from: { path: room },
    to: { path: room, pathNot: [doors, '^api/src/$1/', `^api/src/(${openToAll})/`] },
  },
  {
    name: 'shared',
    severity: 'error',
    comment: 'What browser and server share imports other shared/ files, cborg, base45 and json-logic-engine only.',
    from: { path: '^api/src/[^/]+/shared/', pathNot: tests },
    to: { pathNot: ['^api/src/[^/]+/shared/', sharedPackages] },
  },
  {
    name: 'test-code',
    severity: 'error',
    comment: 'Only tests import what is made for tests.',
    from: { path: '^(api|admin-ui)/src/', pathNot: tests },
    to: { path: [tests, '^(api|admin-ui)/test/', '^api/bench/'] },
  },
  {
    name: 'dev-package',
    severity: 'error',
    comment: 'The server runs without devDependencies.',
    from: { path: '^api/src/', pathNot: tests },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
  },
];

const pageRules: IForbiddenRuleType[] = [
  {
    name: 'surface',
    severity: 'error',
    comment: 'citizen, officer and admin are blind to each other, and to the documents of each other.',
    from: { path: `^admin-ui/src/(${surfaces})/` },
    to: { path: `^admin-ui/src/(gql/)?(${surfaces})/`, pathNot: '^admin-ui/src/(gql/)?$1/' },
  },
  {
    name: 'page-order',
    severity: 'error',
    comment: 'Surfaces stand on ui, ui on session, session on gql.',
    from: { path: '^admin-ui/src/ui/' },
    to: { path: `^admin-ui/src/((gql/)?(${surfaces})/|[^/]+$)` },
  },
  {
    name: 'page-order',
    severity: 'error',
    comment: 'Surfaces stand on ui, ui on session, session on gql.',
    from: { path: '^admin-ui/src/session/' },
    to: { path: '^admin-ui/src/', pathNot: '^admin-ui/src/(gql/)?session/' },
  },
  {
    name: 'page-order',
    severity: 'error',
    comment: 'Surfaces stand on ui, ui on session, session on gql.',
    from: { path: '^admin-ui/src/gql/([^/]+)/' },
    to: { path: '^(admin-ui|api)/', pathNot: '^admin-ui/src/gql/$1/' },
  },
  {
    name: 'page-api',
    severity: 'error',
    comment: 'Of the API, pages know only what stands in shared/, and the API knows nothing of the pages.',
    from: { path: '^admin-ui/src/' },
    to: { path: '^api/', pathNot: '^api/src/[^/]+/shared/' },
  },
  {
    name: 'page-api',
    severity: 'error',
    comment: 'Of the API, pages know only what stands in shared/, and the API knows nothing of the pages.',
    from: { path: '^api/src/' },
    to: { path: '^admin-ui/' },
  },
  {
    name: 'page-node',
    severity: 'error',
    comment: 'No browser has the modules of Node.',
    from: { path: '^admin-ui/src/', pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
];

const everywhere: IForbiddenRuleType[] = [
  {
    name: 'circle',
    severity: 'error',
    comment: 'No file reaches itself, types included.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'unresolved',
    severity: 'error',
    comment: 'An import that leads nowhere is one that no other rule has looked at.',
    from: {},
    // Vite's own: virtual modules, and files taken by address.
    to: { couldNotResolve: true, pathNot: [String.raw`^virtual:`, String.raw`\?(url|raw)$`] },
  },
];

export const forbidden = [...floorRules, ...apiRules, ...pageRules, ...everywhere];
