import { endsByItselfAt } from './agenda.ts';
import type { Command } from './commands.ts';
import type { SessionState } from './state.ts';

/** A command the server gives by itself when `at` (ms) has come. Its id follows from the deadline: twice is once. */
export type Deadline = { at: number; commandId: string; command: Command };

/** Every deadline that stands in the state now; after a restart they are armed again from here. */
export function deadlines(state: SessionState): Deadline[] {
  const endsAt = endsByItselfAt(state);
  return endsAt === null ? [] : [{ at: endsAt, commandId: `deadline:end:${endsAt}`, command: { type: 'end' } }];
}
