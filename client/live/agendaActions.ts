import type { Command } from '#shared/session/commands.ts';
import type { SegmentId } from '#shared/session/state.ts';
import type { Actions } from './screens.ts';

type AgendaActions = Pick<Actions, 'start' | 'next' | 'back' | 'addMinutes' | 'pause' | 'resume' | 'end' | 'takeLead'>;

/** What the lead does with the evening. *Next* and *back* carry the segment that is on the screen (SPEC A2). */
export function agendaActions(give: (command: Command) => Promise<void>, seen: () => SegmentId): AgendaActions {
  return {
    start: () => void give({ type: 'start' }),
    next: () => void give({ type: 'next', seen: seen() }),
    back: () => void give({ type: 'back', seen: seen() }),
    addMinutes: (minutes) => void give({ type: 'addMinutes', segmentId: seen(), minutes }),
    pause: () => void give({ type: 'pause' }),
    resume: () => void give({ type: 'resume' }),
    end: () => void give({ type: 'end' }),
    takeLead: () => void give({ type: 'takeLead' }),
  };
}
