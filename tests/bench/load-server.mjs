// SPDX-License-Identifier: GPL-3.0-or-later
// Holds many streams. Usage: load-server.mjs PORTS; prints its ports as one line of JSON.
//   /idle   one event, then nothing
//   /slow   ten events a second; data is the monotonic clock in nanoseconds when the event was sent
//   /flood  as fast as the client takes it
import http from 'node:http';

const block = ('data: ' + 'x'.repeat(120) + '\n\n').repeat(500);

function flood(response) {
  const more = () => { while (!response.destroyed && response.write(block)); };
  response.on('drain', more);
  more();
}

function answer(request, response) {
  response.writeHead(200, {'Content-Type': 'text/event-stream'});
  if (request.url === '/flood') return flood(response);
  if (request.url !== '/slow') return response.write('data: hello\n\n');
  const timer = setInterval(() => response.write(`data: ${process.hrtime.bigint()}\n\n`), 100);
  response.on('close', () => clearInterval(timer));
}

const servers = Array.from({length: Number(process.argv[2])}, () => http.createServer(answer));
await Promise.all(servers.map(server => new Promise(resolve => server.listen(0, '127.0.0.1', 4096, resolve))));
console.log(JSON.stringify(servers.map(server => server.address().port)));
