// SPDX-License-Identifier: GPL-3.0-or-later
// parser-peer.mjs FILE [RUNS]: what bench_parser does, with the npm package eventsource-parser. `bytes` decodes each
// piece with a TextDecoder, as a program that reads a socket must; `strings` is given pieces decoded beforehand.
import { readFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';

const pieceSize = 64 * 1024;
const [file, runs = '5'] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: parser-peer.mjs FILE [RUNS]');
  process.exit(2);
}
const bytes = readFileSync(file);
const pieces = [];
for (let from = 0; from < bytes.length; from += pieceSize) pieces.push(bytes.subarray(from, from + pieceSize));

function measure(name, feedAll) {
  let events = 0;
  let dataBytes = 0;
  const parser = createParser({
    onEvent(event) {
      events += 1;
      dataBytes += event.data.length;
    },
  });
  const start = process.hrtime.bigint();
  feedAll(parser);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const gbPerSecond = Number((bytes.length / seconds / 1e9).toFixed(3));
  console.log(JSON.stringify({ name, bytes: bytes.length, events, dataBytes, seconds, gbPerSecond }));
}

function feedBytes(parser) {
  const decoder = new TextDecoder();
  for (const piece of pieces) parser.feed(decoder.decode(piece, { stream: true }));
}

const decoder = new TextDecoder();
const strings = pieces.map((piece) => decoder.decode(piece, { stream: true }));
function feedStrings(parser) {
  for (const text of strings) parser.feed(text);
}

for (let run = 0; run < Number(runs); run += 1) {
  measure('eventsource-parser (bytes)', feedBytes);
  measure('eventsource-parser (strings)', feedStrings);
}
