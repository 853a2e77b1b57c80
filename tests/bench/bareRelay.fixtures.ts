// A process of its own: the least that a socket.io server can do with a command. It passes it on and answers.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, pingInterval: 10_000, pingTimeout: 10_000 });
let seq = 0;
io.on('connection', (socket) => {
  const session = String(socket.handshake.auth['session']);
  void socket.join(session);
  socket.on('command', ({ command }: { command: object }, answer: (answer: object) => void) => {
    seq += 1;
    io.to(session).emit('events', { events: [{ ...command, at: Date.now(), seq }], names: {} });
    answer({ ok: true, seq });
  });
  socket.emit('view');
});
http.listen(0, () => {
  const address = http.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});
process.on('disconnect', () => process.exit(0));
