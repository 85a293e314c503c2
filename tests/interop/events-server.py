# SPDX-License-Identifier: GPL-3.0-or-later
# Streams as people write them with aiohttp; /coded/zstd is flushed for each event. Lines end with CRLF.
import asyncio
import json
import socket
import sys

import zstandard
from aiohttp import web


def event(n):
    data = json.dumps({"n": n, "text": "grün"}, ensure_ascii=False)
    return f"id: {n}\r\nevent: tick\r\ndata: {data}\r\n\r\n".encode()


async def send(request, headers, encode, end):
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **headers})
    await response.prepare(request)
    for n in range(1, int(request.query.get("count", 20)) + 1):
        await response.write(encode(event(n)))
        await asyncio.sleep(float(request.query.get("gap", 20)) / 1000)
    if "stay" in request.query:
        await asyncio.sleep(3600)
    await response.write(end())
    return response


async def ticks(request):
    return await send(request, {}, lambda block: block, lambda: b"")


async def coded(request):
    coder = zstandard.ZstdCompressor().compressobj()
    def encode(block):
        return coder.compress(block) + coder.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    return await send(request, {"Content-Encoding": "zstd"}, encode, coder.flush)


listener = socket.create_server(("127.0.0.1", 0))
print("port", listener.getsockname()[1])
sys.stdout.flush()
app = web.Application()
app.add_routes([web.get("/ticks", ticks), web.get("/coded/zstd", coded)])
web.run_app(app, sock=listener, print=None)
