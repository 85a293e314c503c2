// SPDX-License-Identifier: GPL-3.0-or-later
// Counts events with the npm client eventsource: URL and number as arguments, one JSON line as answer.
import {EventSource} from 'eventsource';

const [url, wanted] = [process.argv[2], Number(process.argv[3])];
let first = 0n;
let events = 0;
const source = new EventSource(url);
source.onmessage = () => {
  if (events++ === 0) first = process.hrtime.bigint();
  if (events !== wanted) return;
  const seconds = Number(process.hrtime.bigint() - first) / 1e9;
  source.close();
  console.log(JSON.stringify({events, seconds, eventsPerSecond: events / seconds}));
};
