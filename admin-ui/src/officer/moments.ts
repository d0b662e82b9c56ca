const zone = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
const date = new Intl.DateTimeFormat('en-GB', { ...zone, day: '2-digit', month: '2-digit', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  ...zone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** 23/08/2021 14:05 in either language. */
export function moment(at: string | number): string {
  const time = new Date(at);
  return `${date.format(time)} ${clock.format(time)}`;
}

/** 14:05:31 */
export function timeOfDay(at: string | number): string {
  return clockWithSeconds.format(new Date(at));
}

/** A date of birth as on the card: 17/05/1990, or the year alone. */
export function birthDate(text: string): string {
  return text.split('-').reverse().join('/');
}
