// SPDX-License-Identifier: GPL-3.0-or-later
// parser.mjs BUILD_FOLDER [MIB] [RUNS]: runs bench_parser, which the preset `bench` builds, and its peer in turns on the
// same bytes, and prints the medians and their ratio. Needs `npm ci` in this folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [build, mib = '256', runs = '5'] = process.argv.slice(2);
if (build === undefined) {
  console.error('usage: parser.mjs BUILD_FOLDER [MIB] [RUNS]');
  process.exit(2);
}
const bench = join(build, 'tests', 'bench', 'bench_parser');
const peer = join(dirname(fileURLToPath(import.meta.url)), 'parser-peer.mjs');

/// Events of exactly 120 bytes: id, type and one line of JSON.
function stream(size) {
  const count = Math.floor(size / 120);
  const bytes = Buffer.alloc(count * 120);
  for (let i = 0; i < count; i += 1) {
    const head = `id: ${i}\nevent: trade\ndata: {"symbol":"ABC","seq":${i},"price":${100 + (i % 900)}.25,"note":"`;
    const event = `${head}${'x'.repeat(120 - head.length - 4)}"}\n\n`;
    bytes.write(event, i * 120, 'latin1');
  }
  return bytes;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function run(command, args, speeds, counts) {
  for (const line of execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')) {
    const result = JSON.parse(line);
    speeds.set(result.name, [...(speeds.get(result.name) ?? []), result.gbPerSecond]);
    counts.add(`${result.events} events, ${result.dataBytes} bytes of data`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
try {
  const file = join(folder, 'stream');
  writeFileSync(file, stream(Number(mib) * 2 ** 20));
  const speeds = new Map();
  const counts = new Set();
  for (let round = 0; round < Number(runs); round += 1) {
    run(bench, [file, '3'], speeds, counts);
    run(process.execPath, [peer, file, '3'], speeds, counts);
  }
  if (counts.size !== 1) throw new Error(`the parsers disagree: ${[...counts].join(' / ')}`);
  const weir = median(speeds.get('weir'));
  for (const [name, values] of speeds) {
    const gbPerSecond = median(values);
    console.log(JSON.stringify({ name, gbPerSecond, ratio: Number((weir / gbPerSecond).toFixed(2)) }));
  }
} finally {
  rmSync(folder, { recursive: true });
}
