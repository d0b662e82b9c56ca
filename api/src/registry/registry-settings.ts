/** How the province's platform is reached, and what it wants its messages to look like. */
export interface RegistrySettings {
  kind: 'soap' | 'json';
  url: string;
  /** Null where the platform lets us in by certificate or address alone. */
  token: { url: string; clientId: string; clientSecret: string } | null;
  message: MessageSettings;
  transport: TransportSettings;
}

export interface MessageSettings {
  /** The question's elements in the order the platform wants; `Name=value` is sent as it stands. */
  elements: readonly string[];
  /** The codes under which the agency was licensed. */
  codes: { MaDVC: string; MaTichHop: string; MaDonVi: string; MaCanBo: string };
  dateFormat: 'yyyyMMdd' | 'yyyy-MM-dd';
  /** PLAIN is upper case without diacritics. */
  names: 'AS_WRITTEN' | 'UPPER' | 'PLAIN';
  requestNamespace: string;
  responseNamespace: string;
}

export interface TransportSettings {
  /** PEM texts: our certificate with its key, and the authority that signed the platform's. */
  certificate: string | null;
  key: string | null;
  authority: string | null;
  proxy: string | null;
  /** For one whole exchange, from the connection to the last byte. */
  timeoutMs: number;
}

export const usualElements = [
  'MaYeuCau',
  'MaDVC',
  'MaTichHop',
  'MaDonVi',
  'MaCanBo',
  'SoDinhDanh',
  'SoCMND',
  'HoVaTen',
  'NgayThangNamSinh',
] as const;
