// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/textlines.h"

#include "capture/jsonlines.h"

#include <cstdio>

namespace weir::cli {

using capture::appendTime;

namespace {

void appendVisible(std::string_view text, std::string &out)
{
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '\n') {
            out += "\n    ";
        } else if ((byte < 0x20 && character != '\t') || byte == 0x7f) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02X", static_cast<unsigned>(byte));
            out += escape;
        } else {
            out += character;
        }
    }
}

void appendKind(const store::EventView &event, std::string &out)
{
    switch (event.kind()) {
    case store::Kind::Comment:
        out += "(comment)";
        return;
    case store::Kind::Connection:
        out += "(";
        out += event.type();
        out += ")";
        return;
    default:
        appendVisible(event.type(), out);
    }
}

} // namespace

void appendTextLine(const store::EventView &event, store::WallTime time, std::string_view source, std::string &out)
{
    appendTime(time, out);
    out += "  ";
    out += source;
    out += "  ";
    appendKind(event, out);
    if (event.kind() == store::Kind::Event && !event.id().empty()) {
        out += "  id=";
        appendVisible(event.id(), out);
    }
    out += "  ";
    appendVisible(event.data(), out);
    out += '\n';
}

} // namespace weir::cli
