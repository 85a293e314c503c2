#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# frame.sh SERVER PAGE: a frame server's browser shows PAGE until this is ended, and it ends only when the page is gone:
# what the page still asks for must not be taken for requests of the next one.
curl -sSN "$1frame?$2" &
frame=$!
trap 'kill $frame 2>/dev/null; wait $frame; curl -sS --max-time 5 "$1settled"; exit' TERM INT
wait $frame
