import { fold, nfc } from '../platform/shared/text.ts';
import type { RegistryQuestion } from './registry-port.ts';
import type { MessageSettings } from './registry-settings.ts';

export interface Spelled {
  name: string;
  value: string;
}

/** A question's elements in the platform's order and spelling; what is not known is left out. */
export function spellQuestion(question: RegistryQuestion, settings: MessageSettings): Spelled[] {
  const known: Readonly<Record<string, string | null>> = {
    ...settings.codes,
    MaYeuCau: question.requestId,
    SoDinhDanh: question.idNumber,
    SoCMND: question.formerIdNumber,
    HoVaTen: spellName(question.fullName, settings.names),
    NgayThangNamSinh: spellDate(question.dateOfBirth, settings.dateFormat),
  };
  return settings.elements.flatMap((element) => {
    const [name = '', fixed] = element.split('=', 2);
    const value = fixed ?? known[name];
    return value ? [{ name, value }] : [];
  });
}

function spellName(name: string, names: MessageSettings['names']): string {
  if (names === 'PLAIN') return fold(name).toUpperCase();
  return names === 'UPPER' ? nfc(name).toUpperCase() : nfc(name);
}

const spellDate = (date: string, format: MessageSettings['dateFormat']) =>
  format === 'yyyyMMdd' ? date.replaceAll('-', '') : date;
