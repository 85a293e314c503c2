<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// A stream as people write it in PHP. Without `flush` it stays in the output buffer until that is full.
header('Content-Type: text/event-stream');
header('Cache-Control: no-cache');
$count = (int)($_GET['count'] ?? 20);
$pad = str_repeat('x', (int)($_GET['pad'] ?? 0));
if (isset($_GET['flush'])) {
    while (ob_get_level() > 0)
        ob_end_flush();
}
for ($n = 1; $n <= $count; ++$n) {
    $data = json_encode(['n' => $n, 'text' => 'grün', 'pad' => $pad], JSON_UNESCAPED_UNICODE);
    echo "id: $n\nevent: tick\ndata: $data\n\n";
    if (isset($_GET['flush']))
        flush();
    usleep(1000 * (int)($_GET['gap'] ?? 20));
}
