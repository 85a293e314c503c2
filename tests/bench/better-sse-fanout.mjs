// SPDX-License-Identifier: GPL-3.0-or-later
// A fan-out as people write it with better-sse: one channel, everyone on /events gets every event.
// Usage: better-sse-fanout.mjs CLIENTS EVENTS RATE. Broadcasts EVENTS when CLIENTS are there: at a rate, or with 0 one
// after the other. With EVENTS 0 it broadcasts what is posted to /publish.
import http from 'node:http';
import {createChannel, createSession} from 'better-sse';

const [clients, events, rate] = process.argv.slice(2).map(Number);
const channel = createChannel();
let sent = 0;

const event = () => (process.hrtime.bigint() + 'x').padEnd(113, 'x');
const broadcast = data => channel.broadcast(data, 'message', {eventId: String(++sent)});

function run() {
  const begin = process.hrtime.bigint();
  const due = () => rate === 0 ? sent + 1 : Number(process.hrtime.bigint() - begin) / 1e9 * rate;
  const next = () => {
    while (sent < Math.min(events, due())) {
      broadcast(event());
      if (rate === 0) break;
    }
    if (sent < events) rate === 0 ? setImmediate(next) : setTimeout(next, 1);
  };
  next();
}

const server = http.createServer(async (request, response) => {
  if (request.method === 'POST') {
    let body = '';
    for await (const piece of request) body += piece;
    broadcast(body);
    return response.writeHead(202, {'Content-Length': 0}).end();
  }
  const session = await createSession(request, response, {serializer: data => data, keepAlive: null});
  channel.register(session);
  if (events > 0 && channel.sessionCount === clients) setTimeout(run, 200);
});
server.listen({port: 0, host: '127.0.0.1', backlog: 4096}, () => console.log(server.address().port));
