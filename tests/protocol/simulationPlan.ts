import type { NodeMessage } from '../../server/nodes/bus.ts';
import type { BusConditions } from './simulationBus.ts';
import type { Random } from './simulationTime.ts';
import type { Conditions } from './socketPipe.ts';

export type Settings = { nodes: 1 | 2 };

/** How bad the weather of one run is. Rates are per minute. */
export type Plan = {
  /** Messages get lost, doubled and out of order even while a connection stands: worse than any WebSocket. */
  wild: boolean;
  loss: number;
  doubling: number;
  slowestMs: number;
  cuts: number;
  kills: number;
  /** The chance that a commit, or a message that goes out, is a node's last act. */
  crash: { atCommit: number; atMessage: number };
  /** The chance that a commit is done and the node is told that it failed. */
  unheardCommit: number;
  databaseOutages: number;
  slowestQueryMs: number;
  busLoss: number;
  busSlowestMs: number;
  busOutages: number;
  /** How long people act, ms. */
  actsMs: number;
  /** Ms from one act of a person to their next, at most. */
  idleMs: number;
  /** The evening is so short that its latest end falls into the run. */
  endsByItself: boolean;
};

export function planOf(random: Random, { nodes }: Settings): Plan {
  const some = (chance: number, most: number): number => (random.chance(chance) ? random.next() * most : 0);
  const wild = random.chance(0.35);
  return {
    wild,
    loss: wild ? some(0.8, 0.3) : 0,
    doubling: wild ? some(0.6, 0.2) : 0,
    slowestMs: random.pick([5, 40, 200, 1_500]),
    cuts: some(0.8, 25),
    kills: some(0.5, 8),
    crash: { atCommit: some(0.5, 0.06), atMessage: some(0.5, 0.02) },
    unheardCommit: nodes === 2 ? some(0.4, 0.1) : 0,
    databaseOutages: some(nodes === 2 ? 0.4 : 0.2, random.pick([3, 20])),
    slowestQueryMs: random.pick([0, 3, 20, 150]),
    busLoss: some(0.6, 0.9),
    busSlowestMs: random.pick([2, 20, 400, 3_000]),
    busOutages: some(0.3, 4),
    actsMs: random.between(20_000, 50_000),
    idleMs: random.pick([800, 2_000, 4_000]),
    endsByItself: random.chance(0.15),
  };
}

export function socketConditions(plan: Plan, random: Random, isCalm: () => boolean): Conditions {
  return {
    delay: () => (isCalm() ? 5 : random.between(1, plan.slowestMs)),
    inOrder: () => isCalm() || !plan.wild,
    lost: () => !isCalm() && random.chance(plan.loss),
    doubled: () => !isCalm() && random.chance(plan.doubling),
  };
}

export function busConditions(plan: Plan, random: Random, isCalm: () => boolean): BusConditions {
  return {
    delay: () => (isCalm() ? 2 : random.between(1, plan.busSlowestMs)),
    lost: (_message: NodeMessage) => !isCalm() && random.chance(plan.busLoss),
    doubled: (_message: NodeMessage) => !isCalm() && random.chance(plan.busLoss / 3),
  };
}

/** Again and again while it is not calm, on average this often a minute. */
export function often(random: Random, perMinute: number, isCalm: () => boolean, work: () => void): void {
  if (perMinute <= 0) return;
  const again = (): void => {
    const ms = Math.ceil((-Math.log(1 - random.next()) * 60_000) / perMinute);
    setTimeout(() => {
      if (isCalm()) return;
      work();
      again();
    }, ms);
  };
  again();
}
