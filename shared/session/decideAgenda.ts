import { givenMinutes, neighbour, plannedMinutes } from './agenda.ts';
import type { Command, Decision } from './commands.ts';
import type { SessionState } from './state.ts';

export type AgendaCommand = Extract<
  Command,
  { type: 'start' | 'next' | 'back' | 'addMinutes' | 'pause' | 'resume' | 'end' }
>;

/** Decides the commands that move the evening; whether the actor may is settled before. */
export function decideAgenda(
  state: SessionState,
  command: AgendaCommand,
  now: number,
  by: 'lead' | 'deadline',
): Decision {
  const { agenda, phase } = state;
  const running = phase === 'running' || phase === 'paused';
  switch (command.type) {
    case 'start': {
      const first = agenda.segments[0];
      if (running) return { refused: 'alreadyStarted' };
      if (first === undefined) return { refused: 'unknownSegment' };
      return {
        events: [
          { type: 'sessionStarted', at: now },
          { type: 'segmentEntered', at: now, segmentId: first.segmentId },
        ],
      };
    }
    case 'next':
    case 'back': {
      if (!running || agenda.current === null) return { refused: 'notRunning' };
      if (agenda.current.segmentId !== command.seen) return { refused: 'alreadyMoved' };
      const to = neighbour(agenda, command.seen, command.type === 'next' ? 1 : -1);
      if (to === undefined) return { refused: command.type === 'next' ? 'lastSegment' : 'firstSegment' };
      return { events: [{ type: 'segmentEntered', at: now, segmentId: to.segmentId }] };
    }
    case 'addMinutes': {
      const segment = agenda.segments.find((s) => s.segmentId === command.segmentId);
      if (segment === undefined) return { refused: 'unknownSegment' };
      const sum = givenMinutes(agenda) + command.minutes;
      if (sum > plannedMinutes(agenda) + state.latestEndMinutes) return { refused: 'tooLong' };
      const { segmentId, minutes } = command;
      return { events: [{ type: 'minutesAdded', at: now, segmentId, minutes }] };
    }
    case 'pause':
      if (phase === 'paused') return { events: [] };
      return running ? { events: [{ type: 'timerPaused', at: now }] } : { refused: 'notRunning' };
    case 'resume':
      return phase === 'paused' ? { events: [{ type: 'timerResumed', at: now }] } : { refused: 'notPaused' };
    case 'end':
      return running || by === 'lead' ? { events: [{ type: 'sessionEnded', at: now, by }] } : { refused: 'notRunning' };
  }
}
