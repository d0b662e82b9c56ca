import {
  countDeclarationsUpTo,
  declarationsToFile,
  readDeclarationFilter,
} from '../../declarations/declarations-to-file.service.ts';
import type { Declaration } from '../../declarations/declaration.entity.ts';
import { formatSpokenCode } from '../../declarations/shared/spoken-code.ts';
import type { ReaderView } from '../../people/person-view.service.ts';
import type { FileColumn } from '../../platform/spreadsheet/file-column.ts';
import { vietnamDay } from '../../platform/shared/vietnam-date.ts';
import type { Scope } from '../../policy/policy.ts';
import { columnsOf } from './columns-of.ts';
import type { FileSource } from './file-source.ts';
import { words } from './file-words.ts';
import { placeName } from './place-name.ts';
import type { StoredFilter } from './export.row.ts';

const names = { vi: 'Khai báo', en: 'Declarations' };

/** All declarations that a filter finds for a reader; of health only what was advised. */
export function declarationFile(scope: Scope, stored: StoredFilter, view: ReaderView): FileSource<Declaration> {
  const filter = readDeclarationFilter(view.territory, { ...stored, ...momentsOf(stored) });
  return {
    table: { name: names[view.locale], columns: columnsFor(view) },
    count: (tx, bound) => countDeclarationsUpTo(tx, scope, filter, bound),
    page: (tx, after, first) => declarationsToFile(tx, scope, filter, { after, first, view }),
    placeOf: ({ row }) => [row.submitted_at.toISOString(), row.id],
  };
}

const momentsOf = ({ submittedFrom: from, submittedTo: to }: StoredFilter) => ({
  ...(typeof from === 'string' ? { submittedFrom: new Date(from) } : {}),
  ...(typeof to === 'string' ? { submittedTo: new Date(to) } : {}),
});

function columnsFor({ locale, territory }: ReaderView): Array<FileColumn<Declaration>> {
  return columnsOf<Declaration>(locale, [
    [{ vi: 'Nộp lúc', en: 'Submitted' }, 17, ({ submittedAt }) => submittedAt, 'moments'],
    [{ vi: 'Mã', en: 'Code' }, 14, ({ code }) => formatSpokenCode(code)],
    [{ vi: 'Người', en: 'Person' }, 22, ({ person }) => person.fullName],
    [{ vi: 'Giấy tờ', en: 'Document' }, 10, ({ person }) => person.documentMasked],
    [{ vi: 'Năm sinh', en: 'Born' }, 9, ({ person }) => person.dateOfBirth],
    [{ vi: 'Đi từ', en: 'From' }, 30, ({ row }) => placeName(territory, row.origin_unit_id)],
    [{ vi: 'Đến', en: 'To' }, 30, ({ row }) => placeName(territory, row.destination_unit_id)],
    [{ vi: 'Mục đích', en: 'Purpose' }, 15, ({ row }) => words.purpose[row.purpose][locale]],
    [{ vi: 'Đi lúc', en: 'Departs' }, 17, ({ row }) => row.departs_at, 'moments'],
    [{ vi: 'Ở đến ngày', en: 'Stays until' }, 12, ({ row }) => row.stays_until && vietnamDay(row.stays_until)],
    [{ vi: 'Phương tiện', en: 'Vehicle' }, 12, ({ row }) => words.vehicle[row.vehicle][locale]],
    [{ vi: 'Biển số', en: 'Plate' }, 9, ({ journey }) => journey.plate],
    [{ vi: 'Lời khuyên', en: 'Advice' }, 13, ({ advice }) => words.advice[advice][locale]],
    [{ vi: 'Kênh', en: 'Channel' }, 12, ({ channel }) => words.channel[channel][locale]],
    [{ vi: 'Số phiếu giấy', en: 'Paper form' }, 14, ({ paperFormNumber }) => paperFormNumber],
    [{ vi: 'Mã hết hạn', en: 'Code expires' }, 17, ({ validUntil }) => validUntil, 'moments'],
    [{ vi: 'Rút lại lúc', en: 'Withdrawn' }, 17, ({ withdrawnAt }) => withdrawnAt, 'moments'],
  ]);
}
