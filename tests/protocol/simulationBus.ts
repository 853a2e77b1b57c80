import type { Bus, NodeMessage } from '../../server/nodes/bus.ts';

export type BusConditions = {
  delay(): number;
  lost(message: NodeMessage): boolean;
  doubled(message: NodeMessage): boolean;
};

/** A node's ear, and whether it is reached now. */
export type BusEnd = { name: string; alive(): boolean; hear(node: string, message: NodeMessage): void };

/** Stands in for Redis between nodes: what one publishes comes to the others in its order, late, twice or not at all. */
export function lossyBus(conditions: BusConditions, trace: (line: string) => void) {
  const ends = new Set<BusEnd>();
  const away = new Set<string>();
  const lastAt = new Map<string, number>();

  function pass(from: BusEnd, to: BusEnd, message: NodeMessage): void {
    if (to === from || conditions.lost(message)) return;
    const way = `${from.name} ${to.name}`;
    const at = Math.max(Date.now() + conditions.delay(), lastAt.get(way) ?? 0);
    lastAt.set(way, at);
    const text = JSON.stringify(message);
    const deliver = (): void => {
      if (!to.alive() || away.has(to.name)) return;
      trace(`${to.name} ~ ${from.name} ${text}`);
      to.hear(from.name, JSON.parse(text) as NodeMessage);
    };
    for (let times = conditions.doubled(message) ? 2 : 1; times > 0; times -= 1) setTimeout(deliver, at - Date.now());
  }

  return {
    join(end: BusEnd): Bus {
      ends.add(end);
      return {
        alone: false,
        isUp: () => !away.has(end.name),
        send(message) {
          if (!end.alive() || away.has(end.name)) return;
          for (const other of ends) pass(end, other, message);
        },
        ping: () => Promise.resolve(),
        async close() {
          await Promise.resolve(ends.delete(end));
        },
      };
    },
    /** Whether this node reaches the bus. */
    setAway(name: string, isAway: boolean): void {
      if (isAway) away.add(name);
      else away.delete(name);
    },
    isAway: (name: string): boolean => away.has(name),
  };
}

export type LossyBus = ReturnType<typeof lossyBus>;
