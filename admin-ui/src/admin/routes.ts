import { shallowRef } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import OverviewPage from './overview/OverviewPage.vue';

/** Each page is fetched when it is first opened, all but the one that most people see first. */
export const router = createRouter({
  history: createWebHistory('/admin'),
  routes: [
    { path: '/', name: 'overview', component: OverviewPage },
    { path: '/live', name: 'live', component: () => import('./live/LivePage.vue') },
    {
      path: '/live/thresholds',
      name: 'thresholds',
      component: () => import('./live/thresholds/ThresholdsPage.vue'),
    },
    { path: '/checkpoints', name: 'checkpoints', component: () => import('./checkpoints/CheckpointsPage.vue') },
    { path: '/declarations', name: 'declarations', component: () => import('./declarations/DeclarationsPage.vue') },
    { path: '/arrivals', name: 'arrivals', component: () => import('./arrivals/ArrivalsPage.vue') },
    { path: '/passages', name: 'passages', component: () => import('./passages/PassagesPage.vue') },
    { path: '/people', name: 'people', component: () => import('./people/PeoplePage.vue') },
    { path: '/people/doubles', name: 'doubles', component: () => import('./people/doubles/DoublesPage.vue') },
    { path: '/mismatches', name: 'mismatches', component: () => import('./mismatches/MismatchesPage.vue') },
    {
      path: '/mismatches/dead-letters',
      name: 'deadLetters',
      component: () => import('./dead-letters/DeadLettersPage.vue'),
    },
    { path: '/units', name: 'units', component: () => import('./units/UnitsPage.vue') },
    {
      path: '/units/unsettled',
      name: 'unsettled',
      component: () => import('./units/unsettled/UnsettledPage.vue'),
    },
    { path: '/tracing', name: 'tracing', component: () => import('./tracing/CasesPage.vue') },
    { path: '/tracing/new', name: 'case-form', component: () => import('./tracing/open/OpenCasePage.vue') },
    { path: '/tracing/upload', name: 'case-upload', component: () => import('./tracing/upload/UploadCasesPage.vue') },
    {
      path: '/tracing/:id/change',
      name: 'case-change',
      component: () => import('./tracing/change/ChangeCasePage.vue'),
    },
    {
      path: '/tracing/:id/name',
      name: 'contact-name',
      component: () => import('./tracing/name/NameContactPage.vue'),
    },
    { path: '/tracing/:id', name: 'case', component: () => import('./tracing/case/CasePage.vue') },
    { path: '/follow-ups', name: 'followUps', component: () => import('./tracing/follow-ups/FollowUpsPage.vue') },
    { path: '/zones', name: 'zones', component: () => import('./zones/ZonesPage.vue') },
    { path: '/zones/form/:id?', name: 'zone-form', component: () => import('./zones/form/ZoneFormPage.vue') },
    { path: '/accounts', name: 'accounts', component: () => import('./accounts/AccountsPage.vue') },
    {
      path: '/accounts/import',
      name: 'account-import',
      component: () => import('./accounts/import/ImportPage.vue'),
    },
    {
      path: '/partner-apps',
      name: 'partnerApps',
      component: () => import('./partner-apps/PartnerAppsPage.vue'),
    },
    { path: '/reports', name: 'reports', component: () => import('./reports/MovementPage.vue') },
    { path: '/reports/daily', name: 'daily', component: () => import('./reports/daily/DailyPage.vue') },
    { path: '/exports', name: 'exports', component: () => import('./exports/ExportsPage.vue') },
    { path: '/audit', name: 'audit', component: () => import('./audit/AuditPage.vue') },
    { path: '/profile', name: 'profile', component: () => import('./profile/ProfilePage.vue') },
    { path: '/:unknown(.*)*', redirect: '/' },
  ],
});

/** The address of a page that could not be fetched: the network is away, or a newer version is served. */
export const missed = shallowRef<string | null>(null);
router.onError((_, to) => (missed.value = router.resolve(to.fullPath).href));
router.afterEach(() => (missed.value = null));
