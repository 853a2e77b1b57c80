/** How long the server may take to say hello, ms. */
const HELLO_WITHIN = 8_000;

/**
 * Whether a web socket to our server opens from here: some networks let pages through and stop these. It says hello in
 * socket.io's own protocol and goes again; nobody is signed in by that.
 */
export function reachSocket(address: Location, signal: AbortSignal): Promise<boolean> {
  const url = new URL('/socket.io/?EIO=4&transport=websocket', address.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const late = setTimeout(() => settle(false), HELLO_WITHIN);
    function settle(reached: boolean): void {
      clearTimeout(late);
      socket.onmessage = socket.onclose = null;
      socket.close();
      resolve(reached);
    }
    // Packets of type 0 open a connection.
    socket.onmessage = ({ data }) => settle(String(data).startsWith('0'));
    socket.onclose = () => settle(false);
    signal.addEventListener('abort', () => settle(false));
  });
}
