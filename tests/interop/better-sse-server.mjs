// SPDX-License-Identifier: GPL-3.0-or-later
// A server as people write it with better-sse: ends each connection after three events, and tells on standard output
// what each request asked for. Ids go on from Last-Event-ID.
import http from 'node:http';
import {createSession} from 'better-sse';

const server = http.createServer(async (request, response) => {
  console.log('request ' + JSON.stringify(request.headers));
  const session = await createSession(request, response, {retry: 200});
  const last = Number(session.lastId || 0);
  for (let n = last + 1; n <= last + 3; ++n)
    session.push({n, text: 'grün\nzwei Zeilen'}, 'tick', String(n));
  setTimeout(() => response.end(), 50);
});
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
