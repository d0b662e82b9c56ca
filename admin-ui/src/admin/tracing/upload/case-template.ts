import { makeTemplate } from '../../sheets/make-template.ts';
import { t } from '../../texts.ts';

const widths = { idNumber: 18, fullName: 30, status: 14, onsetOn: 16, sampledOn: 16, confirmedOn: 16 };

/** The day's list of cases, to fill in. */
export function caseTemplate(): Promise<Blob> {
  const columns = Object.entries(widths).map(([field, width]) => ({
    head: t(`tracing.upload.heads.${field}`),
    guide: t(`tracing.upload.guide.${field}`),
    width,
  }));
  return makeTemplate({ sheet: t('tracing.upload.sheet'), guide: t('sheets.guide') }, columns);
}
