// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows in a Chromium that listens for DevTools on PORT, as JSON, whenever it changes:
// node page-text.mjs PORT
import {WebSocket} from 'undici';

const pages = await (await fetch(`http://127.0.0.1:${process.argv[2]}/json`)).json();
const socket = new WebSocket(pages.find((page) => page.type === 'page').webSocketDebuggerUrl);
let shown = null;
const ask = () => socket.send(JSON.stringify(
  {id: 1, method: 'Runtime.evaluate', params: {expression: 'document.body.innerText', returnByValue: true}}));
socket.onopen = ask;
socket.onmessage = ({data}) => {
  const text = JSON.parse(data).result?.result?.value;
  if (text !== undefined && text !== shown) console.log(JSON.stringify({text: shown = text}));
  setTimeout(ask, 100);
};
socket.onclose = () => process.exit();
