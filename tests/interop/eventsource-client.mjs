// SPDX-License-Identifier: GPL-3.0-or-later
// The npm client eventsource on the stream given as argument: prints all that happens as JSON lines.
import {EventSource} from 'eventsource';

const print = object => console.log(JSON.stringify(object));
const source = new EventSource(process.argv[2]);
const event = e => print({kind: 'event', type: e.type, id: e.lastEventId, data: e.data});
source.onopen = () => print({kind: 'open'});
source.onerror = () => print({kind: 'error', state: source.readyState});
source.onmessage = event;
for (const type of ['trade', 'weir-gap']) source.addEventListener(type, event);
