/** Whether it has the shape of a code: six digits of an authenticator app, or a recovery code, however it is spaced. */
export const isWholeCode = (text: string): boolean => /^(\d{6}|[a-z0-9]{16})$/i.test(text.replace(/[\s-]/g, ''));
