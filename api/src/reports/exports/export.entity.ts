import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/dates.ts';
import type { Locale } from '../../platform/graphql/locale.ts';
import { failureTexts } from './export.problems.ts';
import { ExportFailure, ExportFormat, ExportKind, ExportStatus, type ExportRow } from './export.row.ts';

registerEnumType(ExportKind, {
  name: 'ExportKind',
  description: 'What a file holds.',
  valuesConfig: {
    PASSAGES: { description: 'Passages.' },
    DECLARATIONS: { description: 'Declarations.' },
  },
});
registerEnumType(ExportFormat, {
  name: 'ExportFormat',
  description: 'The form of a file.',
  valuesConfig: {
    CSV: { description: 'Comma-separated values in UTF-8 with a byte order mark; nothing in it is a formula.' },
    XLSX: { description: 'A workbook of one sheet, with moments as dates on the clock of Viet Nam.' },
  },
});
registerEnumType(ExportStatus, {
  name: 'ExportStatus',
  description: 'How far a file is.',
  valuesConfig: {
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'Is being written.' },
    READY: { description: 'Can be fetched until expiresAt.' },
    FAILED: { description: 'Could not be made: see failure.' },
    EXPIRED: { description: 'Was deleted: its time was over, or somebody was erased after it was asked for.' },
  },
});
registerEnumType(ExportFailure, {
  name: 'ExportFailure',
  description: 'Why a file could not be made.',
  valuesConfig: {
    NO_RIGHT: { description: 'By then the account was suspended, stood at another unit, or had lost the right.' },
    TOO_MANY_ROWS: { description: 'More rows than one file may hold.' },
    INTERRUPTED: { description: 'Several tries were broken off.' },
  },
});

/** A file as its account sees it. */
@ObjectType({
  description: 'A file of rows that a background job makes for the account that asked, masked as the list is.',
  simpleResolvers: true,
})
export class Export {
  readonly #row: ExportRow;
  readonly #at: Date;
  readonly #locale: Locale;
  readonly #link: (row: ExportRow) => string;

  constructor(row: ExportRow, { at, locale, link }: { at: Date; locale: Locale; link: (row: ExportRow) => string }) {
    this.#row = row;
    this.#at = at;
    this.#locale = locale;
    this.#link = link;
  }

  @Field(() => ID, { description: 'UUIDv7 made by the client.' })
  get id(): string {
    return this.#row.id;
  }

  @Field(() => ExportKind, { description: 'What it holds.' })
  get kind(): ExportKind {
    return this.#row.kind;
  }

  @Field(() => ExportFormat, { description: 'Its form.' })
  get format(): ExportFormat {
    return this.#row.format;
  }

  @Field(() => ExportStatus, { description: 'How far it is.' })
  get status(): ExportStatus {
    const { status, expires_at: end } = this.#row;
    return status === 'READY' && end !== null && end <= this.#at ? 'EXPIRED' : status;
  }

  @Field(() => ExportFailure, { nullable: true, description: 'Why it could not be made; null unless FAILED.' })
  get failure(): ExportFailure | null {
    return this.#row.failure;
  }

  @Field(() => String, { nullable: true, description: "The failure in the reader's language, and what to do." })
  get failureMessage(): string | null {
    return this.#row.failure && failureTexts[this.#row.failure][this.#locale];
  }

  @Field(() => String, { description: 'Why it was asked for, as entered in the audit trail.' })
  get reason(): string {
    return this.#row.reason;
  }

  @Field(() => DateTime, { description: 'When it was asked for.' })
  get requestedAt(): Date {
    return this.#row.asked_at;
  }

  @Field(() => Int, { description: 'How many rows are written so far; of a READY one, how many it holds.' })
  get rows(): number {
    return this.#row.rows_written;
  }

  @Field(() => Float, { description: 'How much of it is written, from 0 to 1.' })
  get progress(): number {
    const { status, rows_written: rows, total } = this.#row;
    if (status === 'READY' || status === 'EXPIRED') return 1;
    return total > 0 ? Math.min(1, rows / total) : 0;
  }

  @Field(() => Float, { description: 'How large a READY one is, in bytes; 0 before.' })
  get bytes(): number {
    return this.#row.bytes;
  }

  @Field(() => String, {
    nullable: true,
    description:
      'Where a READY one is fetched with GET: a new link each time, good for five minutes, and only with the session of the account that asked.',
  })
  get url(): string | null {
    return this.status === 'READY' ? this.#link(this.#row) : null;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it is deleted; null until it is READY.' })
  get expiresAt(): Date | null {
    return this.#row.expires_at;
  }
}
