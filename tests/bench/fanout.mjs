// SPDX-License-Identifier: GPL-3.0-or-later
// The publisher beside nginx with nchan and beside better-sse, one after the other in one run, with the same clients
// (bench_fanout) and events of 120 bytes. Prints one JSON line per measurement and then the ratios.
// Usage: node fanout.mjs WEIR_PROGRAM BENCH_FANOUT FOLDER [deliveries|delay|stalled|held]
import {spawn, execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import {promisify} from 'node:util';

const [weir, bench, folder, only] = process.argv.slice(2);
const clients = 1000;
const template = '{{monotonicNs}}'.padEnd(15 + 98, 'x');

function start(program, args, options = {}) {
  const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'inherit'], ...options});
  return {child, lines: readline.createInterface({input: child.stdout}), ended: once(child, 'exit')};
}

async function stop(server) {
  server.child.kill('SIGTERM');
  await server.ended;
  if (server.folder) rmSync(server.folder, {recursive: true, force: true});
}

async function startWeir(args) {
  const server = start(weir, ['publish', '--max-clients', '20000', ...args]);
  const [url] = await once(server.lines, 'line');
  return {...server, port: new URL(url).port, path: '/events'};
}

const weirGenerator = (events, rate) => startWeir(['--generate', String(rate), '--count', String(events),
  '--wait-clients', String(clients), '--template', template]);

// Fed as nchan is: by POST, over the same connections.
async function weirPosted() {
  const token = 'bench-fanout-token';
  return {...await startWeir(['--publish-token', token]), postPath: '/events', token};
}

async function betterSse(events, rate) {
  const server = start('node', [path.join(folder, 'better-sse-fanout.mjs'), String(clients), String(events), String(rate)]);
  const [port] = await once(server.lines, 'line');
  return {...server, port, path: '/events', postPath: '/publish'};
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function accepts(port) {
  for (let attempt = 0; attempt < 200; ++attempt) {
    const socket = net.connect(port, '127.0.0.1');
    const isOpen = await new Promise(resolve => socket.on('connect', () => resolve(true)).on('error', () => resolve(false)));
    socket.destroy();
    if (isOpen) return;
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  throw new Error('nginx did not start');
}

async function nchan() {
  const place = mkdtempSync(path.join(folder, 'nginx-'));
  const port = await freePort();
  writeFileSync(path.join(place, 'nginx.conf'), `load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
worker_processes 1; daemon off; pid nginx.pid; error_log stderr crit; worker_rlimit_nofile 16384;
events { worker_connections 16384; }
http {
  access_log off; keepalive_requests 100000000; nchan_shared_memory_size 512M;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /publish { nchan_publisher; nchan_channel_id events; nchan_message_buffer_length 100000; nchan_message_timeout 5m; }
    location = /events { nchan_subscriber eventsource; nchan_channel_id events; nchan_subscriber_first_message newest; }
  }
}
`);
  const server = start('/usr/sbin/nginx', ['-p', place, '-c', 'nginx.conf']);
  await accepts(port);
  return {...server, port, path: '/events', postPath: '/publish', folder: place};
}

// Of the process and its children: a worker of nginx is one.
function memoryKiB(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  const own = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  return children.reduce((sum, child) => sum + memoryKiB(child), own);
}

async function run(name, server, count, events, extra = []) {
  const {stdout} = await promisify(execFile)(bench, [String(server.port), server.path, String(count), String(events),
    ...extra.map(String)]).catch(error => { process.stderr.write(String(error.stderr)); return error; });
  const memory = memoryKiB(server.child.pid);
  await stop(server);
  const result = JSON.parse(stdout.trim().split('\n').pop());
  console.log(JSON.stringify({name, ...result, memoryKiB: memory}));
  return {...result, memory};
}

const posting = (server, rate) => ['--post', server.postPath, rate, ...(server.token ? [server.token] : [])];
const print = text => console.log('    ' + text);
const ratio = (a, b) => (a / b).toFixed(1) + ' ×';

async function deliveries() {
  const ours = await run('weir', await weirGenerator(20000, 0), clients, 20000);
  const fed = await weirPosted();
  const posted = await run('weir by POST', fed, clients, 1000, posting(fed, 0));
  const hub = await nchan();
  const nginx = await run('nginx+nchan', hub, clients, 1000, posting(hub, 0));
  const better = await run('better-sse', await betterSse(400, 0), clients, 400);
  print(`deliveries to ${clients} clients: ${(ours.perSecond / 1e6).toFixed(2)} million/s; ` +
    `nginx+nchan ${ratio(ours.perSecond, nginx.perSecond)}, better-sse ${ratio(ours.perSecond, better.perSecond)}`);
  print(`fed by POST as nginx+nchan is: ${(posted.perSecond / 1e6).toFixed(2)} million/s; ${ratio(posted.perSecond, nginx.perSecond)}`);
}

async function delay() {
  for (const rate of [10, 50, 100, 200]) {
    const events = rate * 5;
    const ours = await run(`weir at ${rate}/s`, await weirGenerator(events, rate), clients, events);
    const fed = await weirPosted();
    const posted = await run(`weir by POST at ${rate}/s`, fed, clients, events, posting(fed, rate));
    const hub = await nchan();
    const nginx = await run(`nginx+nchan at ${rate}/s`, hub, clients, events, posting(hub, rate));
    const better = await run(`better-sse at ${rate}/s`, await betterSse(events, rate), clients, events);
    for (const part of ['p50Ms', 'p99Ms', 'p999Ms', 'maxMs'])
      print(`${rate} events/s, ${part}: weir ${ours[part]}, by POST ${posted[part]}, nginx+nchan ${nginx[part]}, better-sse ${better[part]}`);
  }
}

async function stalled() {
  const plain = await run('weir', await weirGenerator(2000, 500), clients, 2000);
  const beside = await run('weir, 50 clients that never read', await weirGenerator(2000, 500), clients, 2000, ['--stalled', 50]);
  print(`beside 50 that never read: p99 ${plain.p99Ms} → ${beside.p99Ms} ms; memory ${plain.memory} → ${beside.memory} KiB ` +
    '(bound: 4 MiB each)');
}

async function held() {
  const server = await startWeir(['--generate', '1', '--count', '5', '--wait-clients', '10000', '--template', template]);
  const result = await run('weir, 10,000 clients', server, 10000, 5);
  print(`10,000 clients: all served ${result.complete === 10000}, p99 ${result.p99Ms} ms, ${(result.memory / 10000).toFixed(1)} KiB each`);
}

for (const part of [deliveries, delay, stalled, held])
  if (!only || only === part.name) await part();
