/** How one connection's messages fare; all ms. Asked anew for every message. */
export type Conditions = {
  delay(): number;
  /** Whether messages come in the order in which they were sent, as on a WebSocket. */
  inOrder(): boolean;
  lost(): boolean;
  doubled(): boolean;
};

/** One direction of a connection. */
export type Pipe = {
  /** `mayFail`: it may be lost or come twice, where conditions say so. */
  send(text: string, mayFail: boolean): void;
  stall(ms: number): void;
  /** What is on its way never comes. */
  stop(): void;
};

export function pipe(conditions: Conditions, deliver: (text: string) => void): Pipe {
  let stopped = false;
  let lastAt = 0;
  let heldUntil = 0;
  const waiting: string[] = [];

  function put(text: string): void {
    const now = Date.now();
    let at = Math.max(now + conditions.delay(), heldUntil);
    if (conditions.inOrder()) at = Math.max(at, lastAt);
    lastAt = Math.max(lastAt, at);
    setTimeout(() => {
      if (stopped) return;
      // What a stall caught on its way waits with the rest, in front of it.
      if (Date.now() < heldUntil || waiting.length > 0) waiting.push(text);
      else deliver(text);
    }, at - now);
  }

  return {
    send(text, mayFail) {
      if (stopped) return;
      if (mayFail && conditions.lost()) return;
      put(text);
      if (mayFail && conditions.doubled()) put(text);
    },
    stall(ms) {
      heldUntil = Math.max(heldUntil, Date.now() + ms);
      setTimeout(() => {
        if (Date.now() < heldUntil) return;
        for (const text of waiting.splice(0)) if (!stopped) deliver(text);
      }, ms);
    },
    stop() {
      stopped = true;
    },
  };
}
