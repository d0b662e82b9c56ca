/** What people are told things in. */
export type Language = 'vi' | 'en';
