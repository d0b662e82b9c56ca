import type { Role } from '../policy/viewer.ts';

export interface DemoAccount {
  username: string;
  fullName: string;
  role: Role;
  checkpointCodes: readonly string[];
}

/** The sign-ins of the demo; the numbered officers stand at the other checkpoints. All share DEMO_PASSWORD. */
export const demoAccounts: readonly DemoAccount[] = [
  { username: 'admin.38', fullName: 'Lê Thị Quản Trị', role: 'ADMIN', checkpointCodes: [] },
  {
    username: 'officer.38',
    fullName: 'Nguyễn Văn Chốt',
    role: 'OFFICER',
    checkpointCodes: ['TH-01', 'TH-02', 'TH-03'],
  },
  { username: 'tracer.38', fullName: 'Trịnh Thị Truy Vết', role: 'TRACER', checkpointCodes: [] },
  { username: 'analyst.38', fullName: 'Phạm Văn Phân Tích', role: 'ANALYST', checkpointCodes: [] },
  { username: 'auditor.38', fullName: 'Hoàng Thị Kiểm Tra', role: 'AUDITOR', checkpointCodes: [] },
  {
    username: 'officer.38.2',
    fullName: 'Mai Xuân Trực',
    role: 'OFFICER',
    checkpointCodes: ['TH-04', 'TH-05', 'TH-06'],
  },
  { username: 'officer.38.3', fullName: 'Bùi Thị Gác', role: 'OFFICER', checkpointCodes: ['TH-07', 'TH-08', 'TH-09'] },
  { username: 'officer.38.4', fullName: 'Đỗ Hữu Ga', role: 'OFFICER', checkpointCodes: ['TH-10', 'TH-11', 'TH-12'] },
];

export function officerAt(checkpointCode: string): string {
  const officer = demoAccounts.find(({ checkpointCodes }) => checkpointCodes.includes(checkpointCode));
  if (!officer) throw new Error(`No demo officer stands at ${checkpointCode}.`);
  return officer.username;
}

/** What the start command prints: the sign-ins worth trying first. */
export function demoSignIns(): Array<{ username: string; what: string }> {
  const named = demoAccounts.filter(({ username }) => /^\w+\.38$/.test(username));
  return named.map(({ username, role, checkpointCodes }) => {
    const stands = checkpointCodes.length > 0 ? ` at ${checkpointCodes.join(', ')}` : ' of Thanh Hóa (38)';
    return { username, what: role.charAt(0) + role.slice(1).toLowerCase() + stands };
  });
}
