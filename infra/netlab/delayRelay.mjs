// Passes UDP on to one address and back, each packet a little later: run on a line's router, since not every kernel has
// tc's netem. Usage: node delayRelay.mjs HOST LISTEN_PORT PORT DELAY JITTER (ms). Says "ready" once it listens.
import { createSocket } from 'node:dgram';

const [host = '', ...numbers] = process.argv.slice(2);
const [listenPort = 0, port = 0, delay = 0, jitter = 0] = numbers.map(Number);

/** For each of the device's sockets one of its own, so that the answers find their way back. */
const outside = new Map();
const inside = createSocket('udp4');

/** @param {() => void} send */
function later(send) {
  setTimeout(send, delay + (Math.random() * 2 - 1) * jitter);
}

inside.on('message', (packet, from) => {
  const key = `${from.address}:${from.port}`;
  let socket = outside.get(key);
  if (socket === undefined) {
    socket = createSocket('udp4');
    socket.on('message', (/** @type {Buffer} */ answer) => later(() => inside.send(answer, from.port, from.address)));
    // A packet that the network refuses is a lost one.
    socket.on('error', () => {});
    outside.set(key, socket);
  }
  later(() => socket.send(packet, port, host));
});
inside.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
inside.bind(listenPort, () => console.log('ready'));
