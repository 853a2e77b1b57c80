import type { Livekit } from '../livekit/client.ts';
import type { Sessions } from '../sessions/registry.ts';
import type { Db } from '../storage/open.ts';
import type { Limits } from './limits.ts';

/** What every route may use. `secure`: pages come over https, so cookies are bound to the host. */
export type HttpContext = {
  db: Db;
  sessions: Sessions;
  livekit: Livekit;
  limits: Limits;
  secure: boolean;
  now(): number;
  /** Where staff of this role lead the demo's taster; null without a demo. */
  staffLink(role: string): string | null;
};
