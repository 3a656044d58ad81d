import { create } from 'zustand';
import auditAddress from '../reports/audit.json?url';
import { parseAudit } from '../reports/audit.ts';
import { type AuditCube, cubeOf } from '../reports/audit-cube.ts';

export interface AuditState {
  readonly cube: AuditCube | null;
  /** Why there is none; empty unless it could not be fetched or read. */
  readonly reason: string;
}

export const useAudit = create<AuditState>(() => ({ cube: null, reason: '' }));

let asked = false;

/** Fetches the audit that the page came with, once; again after a failure. */
export async function fetchAudit(): Promise<void> {
  if (asked) return;
  asked = true;
  useAudit.setState({ reason: '' });
  try {
    const answer = await fetch(auditAddress);
    if (!answer.ok) throw new Error(`the server answered ${String(answer.status)}`);
    useAudit.setState({ cube: cubeOf(parseAudit(await answer.text())) });
  } catch (error) {
    asked = false;
    useAudit.setState({ reason: error instanceof Error ? error.message : 'it did not say why' });
  }
}
