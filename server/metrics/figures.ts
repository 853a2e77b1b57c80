import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Phase } from '#shared/session/state.ts';

/** From what nobody notices to what everybody does, s. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What Prometheus reads of this process. A label is a word of our own code; none holds an id, a name or an address, so
 * figures tell how Kinroom does and never who was where.
 */
export function openFigures(phases: () => Phase[]) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, ...labelNames: L[]): Histogram<L> =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });

  const sessions = new Gauge({
    name: 'kinroom_sessions',
    help: 'Sessions that this process holds, by phase. Several processes may hold the same one.',
    labelNames: ['phase'],
    registers,
    collect() {
      const counts: Record<Phase, number> = { planned: 0, lobby: 0, running: 0, paused: 0, ended: 0 };
      for (const phase of phases()) counts[phase] += 1;
      for (const [phase, count] of Object.entries(counts)) sessions.set({ phase }, count);
    },
  });

  return {
    registry,
    people: gauge('kinroom_people_connected', 'People with a socket to this process.', 'kind'),
    sockets: gauge('kinroom_sockets_connected', 'Sockets to this process.'),
    turnedAway: counter('kinroom_sockets_turned_away_total', 'Handshakes that were refused, by why.', 'code'),
    commands: histogram('kinroom_command_seconds', 'From a command to its answer.', 'command', 'outcome'),
    messages: histogram('kinroom_message_seconds', 'From any other message to its answer.', 'message', 'outcome'),
    requests: histogram('kinroom_http_seconds', 'From an HTTP request to its answer.', 'method', 'route', 'status'),
    refusals: counter('kinroom_refusals_total', 'Refusals, by where and why.', 'at', 'code'),
    rejoins: counter(
      'kinroom_rejoins_total',
      'A device that came again to a session it had come to since this process began: its socket, or for media.',
      'by',
    ),
    failures: counter('kinroom_failures_total', 'Errors that were logged.'),
    up: gauge('kinroom_up', 'Whether a part that the server needs answers (1) or not (0).', 'part'),
  };
}
