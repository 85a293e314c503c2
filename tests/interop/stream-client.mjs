// SPDX-License-Identifier: GPL-3.0-or-later
// stream-client.mjs LIBRARY URL: one of the Node clients on a stream; prints all that happens as JSON lines.
const print = object => console.log(JSON.stringify(object));
const types = ['trade', 'weir-gap'];

const eventSource = EventSource => url => {
  const source = new EventSource(url);
  const event = e => print({kind: 'event', type: e.type, id: e.lastEventId, data: e.data});
  source.onopen = () => print({kind: 'open'});
  source.onerror = () => print({kind: 'error', state: source.readyState});
  source.onmessage = event;
  for (const type of types) source.addEventListener(type, event);
};

const clients = {
  'eventsource': async () => eventSource((await import('eventsource')).EventSource),
  'undici': async () => eventSource((await import('undici')).EventSource),
  'eventsource-client': async () => {
    const {createEventSource} = await import('eventsource-client');
    return url => createEventSource({
      url,
      onConnect: () => print({kind: 'open'}),
      onDisconnect: () => print({kind: 'error'}),
      onMessage: e => print({kind: 'event', type: e.event ?? 'message', id: e.id, data: e.data}),
    });
  },
  'fetch-event-source': async () => {
    // It is made for browsers, and asks for their window and document.
    globalThis.window = globalThis;
    globalThis.document = {hidden: false, addEventListener() {}, removeEventListener() {}};
    const {fetchEventSource, EventStreamContentType} = (await import('@microsoft/fetch-event-source')).default;
    return url => fetchEventSource(url, {
      openWhenHidden: true,
      onopen: async response => {
        if (!response.headers.get('content-type')?.startsWith(EventStreamContentType)) throw new Error('wrong type');
        print({kind: 'open'});
      },
      // It tells of every blank line, those after a comment or a reconnection time too.
      onmessage: e => (e.id || e.data) && print({kind: 'event', type: e.event || 'message', id: e.id, data: e.data}),
      onerror: () => print({kind: 'error'}),
    });
  },
};

const [library, url] = process.argv.slice(2);
(await clients[library]())(url);
// The timer of undici, which waits to connect again, does not keep Node running.
setInterval(() => {}, 1000);
