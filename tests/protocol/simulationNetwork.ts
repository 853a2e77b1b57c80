import { protocolVersion } from '#shared/socketEvents.ts';
import { lossyBus, type LossyBus } from './simulationBus.ts';
import type { Disk } from './simulationDatabase.ts';
import { startNode, type SimulatedNode } from './simulationNode.ts';
import { busConditions, often, socketConditions, type Plan } from './simulationPlan.ts';
import type { Random } from './simulationTime.ts';
import type { Trace } from './simulationTrace.ts';
import { openWire, type Cut, type Wire, type WireOptions } from './socketPair.ts';

export type NetworkOptions = {
  plan: Plan;
  nodes: 1 | 2;
  random: Random;
  disk: Disk;
  isCalm(): boolean;
  /** Something was stored for good. */
  onCommit(): void;
  /** A copy of this command has come to a node. */
  onCommand(commandId: string): void;
  trace: Trace;
};

export type Seat = { personId: string; deviceId: string; cookie: string };

/** The nodes, the ways to them, and all that goes wrong with both until it is calm. */
export type Network = {
  /** Opens a connection to a node that answers this person now, or null. */
  dial(seat: Seat, ends: Pick<WireOptions, 'receive' | 'lost'>): Wire | null;
  /** Ends every connection once, so that everybody comes back. */
  cutAll(): void;
  /** Ends all outages. */
  calmDown(): void;
  stop(): void;
};

export function openNetwork(options: NetworkOptions): Network {
  const { plan, disk, isCalm, trace } = options;
  const random = options.random.fork('network');
  const weather = options.random.fork('weather');
  const bus: LossyBus | null = options.nodes === 2 ? lossyBus(busConditions(plan, weather, isCalm), trace.line) : null;
  const conditions = socketConditions(plan, weather, isCalm);
  const slots = Array.from({ length: options.nodes }, (_, index) => ({
    letter: 'AB'.charAt(index),
    starts: 0,
    node: null as SimulatedNode | null,
    listens: false,
    databaseAway: false,
  }));
  const wires = new Set<Wire>();
  const refused = new Set<string>();
  let connections = 0;
  let stopped = false;
  type Slot = (typeof slots)[number];

  function start(slot: Slot): void {
    slot.starts += 1;
    const { node, ready } = startNode({
      name: `${slot.letter}${slot.starts}`,
      disk,
      bus,
      weather: {
        away: () => slot.databaseAway,
        way: () => (isCalm() || weather.chance(0.5) ? 0 : weather.between(0, plan.slowestQueryMs)),
        committed(of) {
          options.onCommit();
          if (isCalm()) return true;
          if (weather.chance(plan.crash.atCommit)) kill(of, 'after a commit');
          if (!weather.chance(plan.unheardCommit)) return true;
          trace.meet('commit unheard');
          return false;
        },
      },
      onEmitted(of, name) {
        const tells = name === 'events' || name === 'view';
        if (tells && !isCalm() && weather.chance(plan.crash.atMessage)) kill(of, 'after a message');
      },
      onKilled(of) {
        slot.listens = false;
        for (const wire of wires) if (wire.host === of) wire.cut(dead());
        if (!stopped) setTimeout(() => start(slot), isCalm() ? 300 : random.between(100, 6_000));
      },
      trace: trace.line,
    });
    slot.node = node;
    ready.then(
      () => (slot.listens = node.alive()),
      () => node.kill(),
    );
  }

  function kill(node: SimulatedNode | null, when: string): void {
    if (!node?.alive()) return;
    trace.meet(`killed ${when}`);
    node.kill();
  }

  /** What people see of a node that died: a closed connection, or nothing for a while where its computer died with it. */
  function dead(): Cut {
    const clientAfter = random.chance(0.7) ? random.between(1, 300) : random.between(2_000, 20_000);
    return { reason: 'transport close', clientAfter, serverAfter: null, lastWords: false };
  }

  function cutOne(): void {
    const open = [...wires].filter((wire) => wire.isOpen());
    if (open.length === 0) return;
    const wire = random.pick(open);
    const soon = random.between(1, 300);
    const late = random.between(1_000, 20_000);
    const kind = random.pick(['both', 'client first', 'server first', 'stall', 'stall'] as const);
    trace.meet(`cut: ${kind}`);
    trace.line(`${wire.id} breaks: ${kind}`);
    const reason = 'transport close';
    if (kind === 'stall') return wire.stall(random.pick([soon, soon * 10, late / 2]));
    if (kind === 'both')
      return wire.cut({ reason, clientAfter: soon, serverAfter: soon, lastWords: random.chance(0.5) });
    if (kind === 'client first')
      return wire.cut({ reason, clientAfter: 0, serverAfter: late, lastWords: random.chance(0.5) });
    wire.cut({ reason: 'ping timeout', clientAfter: late, serverAfter: 0, lastWords: false });
  }

  /** Something is away for a while, or until it is calm. */
  function away(set: (isAway: boolean) => void, ms: number): void {
    set(true);
    setTimeout(() => set(false), ms);
  }

  for (const slot of slots) start(slot);
  often(random, plan.cuts, isCalm, cutOne);
  often(random, plan.cuts / 6, isCalm, () => {
    const personId = random.pick(['ruth', 'tom', 'maya', 'jonas', 'priya', 'dan']);
    trace.line(`${personId} reaches nobody`);
    away((isAway) => void (isAway ? refused.add(personId) : refused.delete(personId)), random.between(500, 10_000));
  });
  often(random, plan.kills, isCalm, () => kill(random.pick(slots).node, 'at any time'));
  often(random, plan.databaseOutages, isCalm, () => {
    const hit = random.chance(0.5) ? slots : [random.pick(slots)];
    trace.meet('database away');
    trace.line(`the database is away for ${hit.map(({ letter }) => letter).join()}`);
    for (const slot of hit) away((isAway) => (slot.databaseAway = isAway), random.pick([30, 1_000, 8_000]));
  });
  often(random, bus === null ? 0 : plan.busOutages, isCalm, () => {
    const name = random.pick(slots).node?.name ?? '';
    trace.meet('bus away');
    trace.line(`${name} hears nobody`);
    away((isAway) => setBusAway(name, isAway), random.between(300, 15_000));
  });

  function setBusAway(name: string, isAway: boolean): void {
    if (bus === null || bus.isAway(name) === isAway) return;
    bus.setAway(name, isAway);
    const node = slots.find((slot) => slot.node?.name === name)?.node;
    if (!node?.alive()) return;
    if (isAway) node.busIsDown();
    else node.busIsUp();
  }

  return {
    dial(seat, ends) {
      const listening = slots.filter(({ listens }) => listens);
      const node = listening.length > 0 ? random.pick(listening).node : null;
      if (node === null || refused.has(seat.personId)) return null;
      const { personId, deviceId, cookie } = seat;
      connections += 1;
      const wire = openWire({
        id: `${connections}:${deviceId}@${node.name}`,
        auth: { protocol: protocolVersion, personId, deviceId },
        cookie,
        host: node,
        conditions,
        onCommand: options.onCommand,
        trace: trace.line,
        ...ends,
      });
      wires.add(wire);
      return wire;
    },
    cutAll() {
      for (const wire of wires)
        wire.cut({ reason: 'transport close', clientAfter: 1, serverAfter: 1, lastWords: false });
      wires.clear();
    },
    calmDown() {
      refused.clear();
      for (const slot of slots) {
        slot.databaseAway = false;
        setBusAway(slot.node?.name ?? '', false);
      }
    },
    stop() {
      stopped = true;
      for (const { node } of slots) node?.kill();
    },
  };
}
