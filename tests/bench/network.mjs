// SPDX-License-Identifier: GPL-3.0-or-later
// Network to log and network to window, beside the npm client eventsource and Chromium's EventSource, all fed by the same
// server (`weir publish`) with the same 120-byte events, one after the other in one run. Prints one JSON line per
// measurement and then the ratios. Usage: node network.mjs WEIR_PROGRAM FOLDER
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

const [weir, folder] = process.argv.slice(2);
const template = '{"symbol":"ABC","price":{{rand 100 999}},"size":{{rand 10 99}},"venue":"XETRA","at":{{monotonicNs}}}';
const runs = 3;

function start(program, args, env = {}) {
  const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'inherit'], env: {...process.env, ...env}});
  const lines = readline.createInterface({input: child.stdout});
  return {child, lines, ended: once(child, 'exit')};
}

async function startServer(count) {
  const server = start(weir, ['publish', '--generate', '0', '--count', String(count), '--wait-clients', '1',
    '--template', template]);
  const [url] = await once(server.lines, 'line');
  return {...server, url};
}

async function stop(process) {
  process.child.kill('SIGTERM');
  await process.ended;
}

async function weirLog(url, count) {
  const client = start(weir, ['watch', url, '--quiet', '--max-events', String(count)]);
  const [line] = await once(client.lines, 'line');
  await client.ended;
  return JSON.parse(line);
}

async function weirWindow(url, count) {
  const file = path.join(folder, 'measure.json');
  const seconds = 4 + count / 2e6;
  const client = start(weir, [url, '--quit-after', String(seconds), '--measure', file]);
  await client.ended;
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function eventsource(url, count) {
  const client = start('node', [path.join(folder, 'eventsource-count.mjs'), url, String(count)]);
  const [line] = await once(client.lines, 'line');
  await client.ended;
  return JSON.parse(line);
}

async function chromium(url, count) {
  const page = `<!doctype html><script>
    let first = 0, seen = 0;
    const source = new EventSource(${JSON.stringify(url)});
    source.onmessage = () => {
      if (seen++ === 0) first = performance.now();
      if (seen === ${count}) {
        source.close();
        fetch('/done', {method: 'POST', body: String((performance.now() - first) / 1000)});
      }
    };</script>`;
  const done = new Promise(resolve => {
    const server = http.createServer((request, response) => {
      let body = '';
      request.on('data', piece => body += piece);
      request.on('end', () => {
        response.setHeader('Content-Type', 'text/html');
        response.end(request.url === '/' ? page : '');
        if (request.url === '/done') { server.close(); resolve(Number(body)); }
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const profile = mkdtempSync(path.join(tmpdir(), 'weir-chromium-'));
      const browser = start('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
        '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
        '--disable-dev-shm-usage', '--remote-debugging-port=0', `--user-data-dir=${profile}`,
        `http://127.0.0.1:${server.address().port}/`]);
      browser.child.stderr?.resume();
      chromium.close = async () => { await stop(browser); rmSync(profile, {recursive: true, force: true, maxRetries: 10, retryDelay: 100}); };
    });
  });
  const seconds = await done;
  await chromium.close();
  return {events: count, seconds, eventsPerSecond: count / seconds};
}

const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(name, client, count) {
  const rates = [];
  for (let run = 0; run < runs; ++run) {
    const server = await startServer(count);
    const result = await client(server.url, count);
    await stop(server);
    if (result.events < count) throw new Error(`${name}: ${result.events} of ${count} events`);
    console.log(JSON.stringify({name, run, ...result}));
    rates.push(result.eventsPerSecond);
  }
  return median(rates);
}

const only = process.argv[4];
const wanted = name => !only || only === name;
const rates = {};
if (wanted('log')) rates.log = await measure('weir: network to log', weirLog, 12e6);
if (wanted('window')) rates.window = await measure('weir: network to window', weirWindow, 12e6);
if (wanted('eventsource')) rates.eventsource = await measure('npm eventsource 4.1.1', eventsource, 2e6);
if (wanted('chromium')) rates.chromium = await measure('Chromium EventSource', chromium, 5e5);

for (const [name, rate] of Object.entries(rates)) console.log(`${name.padEnd(12)} ${(rate / 1e6).toFixed(2)} million events/s`);
for (const ours of ['log', 'window'])
  for (const peer of ['eventsource', 'chromium'])
    if (rates[ours] && rates[peer]) console.log(`network to ${ours} : ${peer} = ${(rates[ours] / rates[peer]).toFixed(1)} ×`);
