// SPDX-License-Identifier: GPL-3.0-or-later
// Streams as people write them with Node's own modules. Usage: events-server.mjs [CERTIFICATE KEY]; with them it speaks
// TLS, HTTP/1.1 and HTTP/2. Tells on standard output what each request asked for.
//   /ticks?count=20&gap=20&pad=0&stay   numbered events; `stay`: the stream is not ended
//   /coded/gzip|deflate|br?count=…      the same, compressed and flushed for each event
//   /ndjson?count=…                     the same as JSON lines
//   POST /words                         {"text": "a b c"}: a word per event, like a chat endpoint
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import zlib from 'node:zlib';
import {setTimeout as sleep} from 'node:timers/promises';

const coders = {gzip: zlib.createGzip, deflate: zlib.createDeflate, br: zlib.createBrotliCompress};

function bodyOf(response, coding) {
  if (!coding) return {write: text => response.write(text), end: () => response.end()};
  const coder = coders[coding]();
  coder.pipe(response);
  return {write: text => { coder.write(text); coder.flush(); }, end: () => coder.end()};
}

async function ticks(url, response, coding, format) {
  const number = (name, usual) => Number(url.searchParams.get(name) ?? usual);
  const head = {'Content-Type': format === 'ndjson' ? 'application/x-ndjson' : 'text/event-stream'};
  if (coding) head['Content-Encoding'] = coding;
  response.writeHead(200, head);
  const body = bodyOf(response, coding);
  for (let n = 1; n <= number('count', 20) && !response.destroyed; ++n) {
    const data = JSON.stringify({n, text: 'grün', pad: 'x'.repeat(number('pad', 0))});
    body.write(format === 'ndjson' ? data + '\n' : `id: ${n}\nevent: tick\ndata: ${data}\n\n`);
    await sleep(number('gap', 20));
  }
  if (!url.searchParams.has('stay')) body.end();
}

async function words(request, response) {
  let text = '';
  for await (const piece of request) text += piece;
  response.writeHead(200, {'Content-Type': 'text/event-stream; charset=utf-8'});
  for (const word of JSON.parse(text).text.split(' ')) {
    response.write(`data: ${JSON.stringify({word})}\n\n`);
    await sleep(10);
  }
  response.end('data: [DONE]\n\n');
}

function answer(request, response) {
  const {method, url: target, httpVersion, headers} = request;
  console.log('request ' + JSON.stringify({method, target, httpVersion, headers}));
  const url = new URL(target, 'http://localhost');
  const [, kind, coding] = url.pathname.split('/');
  if (kind === 'words') words(request, response);
  else if (kind === 'coded' && coding in coders) ticks(url, response, coding);
  else if (kind === 'ticks' || kind === 'ndjson') ticks(url, response, null, kind);
  else response.writeHead(404).end();
}

const [certificate, key] = process.argv.slice(2).map(name => fs.readFileSync(name));
const server = certificate
  ? http2.createSecureServer({cert: certificate, key, allowHTTP1: true}, answer)
  : http.createServer(answer);
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
