import { pino, type Logger } from 'pino';

export type { Logger };

/** Structured logs. What a person typed never gets here; the paths below are a second net. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        'token',
        'secret',
        'idNumber',
        'phone',
        'qrPayload',
        '*.password',
        '*.token',
        '*.secret',
        '*.idNumber',
        '*.phone',
        '*.qrPayload',
        'req.headers.cookie',
        'req.headers.authorization',
      ],
      censor: '…',
    },
    serializers: {
      // The driver's error carries the failing row, the query and its parameters: keep its class and code only.
      err: (error: Error & { code?: string }) => ({ type: error.name, code: error.code }),
    },
  });
}
