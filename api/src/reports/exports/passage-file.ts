import { CitizenView } from '../../people/citizen.entity.ts';
import type { ReaderView } from '../../people/person-view.service.ts';
import { countPassagesUpTo, passagesToFile, type FiledPassage } from '../../passages/passages-to-file.service.ts';
import type { FileColumn } from '../../platform/spreadsheet/file-column.ts';
import type { Scope } from '../../policy/policy.ts';
import { narrowScope } from '../../checkpoints/scope.service.ts';
import { columnsOf } from './columns-of.ts';
import type { FileSource } from './file-source.ts';
import { words, yes } from './file-words.ts';
import { placeName } from './place-name.ts';
import type { StoredFilter } from './export.row.ts';

const names = { vi: 'Lượt qua chốt', en: 'Passages' };

/** All passages that a filter finds for a reader, in the words of the reader's language. */
export function passageFile(scope: Scope, stored: StoredFilter, view: ReaderView): FileSource<FiledPassage> {
  const filter = { ...stored, ...momentsOf(stored) };
  const { locale, territory } = view;
  const unitCode = typeof stored['unitCode'] === 'string' ? stored['unitCode'] : null;
  const within = narrowScope(scope, { unitCode }, territory, 'filter');
  return {
    table: { name: names[locale], columns: columnsFor(view) },
    count: (tx, bound) => countPassagesUpTo(tx, within, filter, bound),
    page: (tx, after, first) => passagesToFile(tx, within, filter, { after, first, locale }),
    placeOf: ({ row }) => [row.occurred_at.toISOString(), row.id],
  };
}

const momentsOf = ({ from, to }: StoredFilter) => ({
  ...(typeof from === 'string' ? { from: new Date(from) } : {}),
  ...(typeof to === 'string' ? { to: new Date(to) } : {}),
});

function columnsFor(view: ReaderView): Array<FileColumn<FiledPassage>> {
  const { locale, territory } = view;
  const place = (id: string | null) => id && placeName(territory, id);
  const person = ({ citizen }: FiledPassage) => citizen && new CitizenView(citizen, view, false);
  return columnsOf<FiledPassage>(locale, [
    [{ vi: 'Lúc', en: 'At' }, 17, ({ row }) => row.occurred_at, 'moments'],
    [{ vi: 'Chốt', en: 'Checkpoint' }, 24, ({ row }) => row.checkpoint.name],
    [{ vi: 'Hướng', en: 'Way' }, 8, ({ row }) => words.direction[row.direction][locale]],
    [{ vi: 'Người', en: 'Person' }, 22, (filed) => person(filed)?.fullName ?? null],
    [{ vi: 'Giấy tờ', en: 'Document' }, 10, (filed) => person(filed)?.documentMasked ?? null],
    [{ vi: 'Năm sinh', en: 'Born' }, 9, (filed) => person(filed)?.dateOfBirth ?? null],
    [{ vi: 'Kết quả', en: 'Decision' }, 11, ({ row }) => words.decision[row.decision][locale]],
    [{ vi: 'Lý do', en: 'Reason' }, 30, ({ row }) => row.reason],
    [{ vi: 'Lời khuyên', en: 'Advice' }, 13, ({ row }) => row.advice && words.advice[row.advice][locale]],
    [{ vi: 'Đi từ', en: 'From' }, 30, ({ row }) => place(row.origin_unit_id)],
    [{ vi: 'Đến', en: 'To' }, 30, ({ row }) => place(row.destination_unit_id)],
    [{ vi: 'Mục đích', en: 'Purpose' }, 15, ({ row }) => row.purpose && words.purpose[row.purpose][locale]],
    [{ vi: 'Phương tiện', en: 'Vehicle' }, 12, ({ row }) => row.vehicle && words.vehicle[row.vehicle][locale]],
    [{ vi: 'Biển số', en: 'Plate' }, 9, ({ passage }) => passage.plate],
    [{ vi: 'Kênh', en: 'Channel' }, 12, ({ row }) => words.channel[row.channel][locale]],
    [{ vi: 'Số phiếu giấy', en: 'Paper form' }, 14, ({ row }) => row.paper_form_number],
    [{ vi: 'Đối chiếu', en: 'Compared with' }, 20, ({ row }) => words.evidence[row.evidence][locale]],
    [{ vi: 'Điều cần xem lại', en: 'To be reviewed' }, 40, flagsOf],
    [{ vi: 'Ghi khi mất mạng', en: 'Recorded offline' }, 12, ({ row }) => (row.recorded_offline ? yes[locale] : null)],
    [{ vi: 'Máy chủ nhận lúc', en: 'Received' }, 17, ({ row }) => row.recorded_at, 'moments'],
    [{ vi: 'Đã có bản sửa', en: 'Was corrected' }, 12, ({ corrected }) => (corrected ? yes[locale] : null)],
  ]);
}

const flagsOf = ({ passage }: FiledPassage) => passage.flags.map(({ message }) => message).join(' ') || null;
