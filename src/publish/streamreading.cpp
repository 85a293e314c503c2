// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/streamreading.h"

#include "sse/parser.h"

namespace weir::publish {

namespace {

void note(const sse::Item &item, StreamReading &reading)
{
    using sse::Diagnostic;
    reading.events += item.kind == sse::ItemKind::Event;
    reading.comments += item.kind == sse::ItemKind::Comment;
    reading.fieldsOnly += item.kind == sse::ItemKind::FieldsOnly;
    reading.isUnfinished |= item.diagnostic == Diagnostic::IncompleteBlock;
    reading.hasInvalidUtf8 |= item.diagnostic == Diagnostic::InvalidUtf8;
    reading.hasUnknownField |= item.diagnostic == Diagnostic::UnknownField;
    reading.hasInvalidRetry |= item.diagnostic == Diagnostic::InvalidRetry;
    reading.hasNulInId |= item.diagnostic == Diagnostic::NulInId;
    reading.isTooLarge |= item.diagnostic == Diagnostic::EventTooLarge || item.diagnostic == Diagnostic::LineTooLarge;
}

} // namespace

StreamReading readStream(std::string_view bytes)
{
    StreamReading reading;
    // A byte order mark counts at the start of a stream only, and these bytes are somewhere inside one.
    sse::Parser parser;
    sse::Batch batch;
    parser.feed("\n", batch);
    parser.feed(bytes, batch);
    for (const sse::Item &item : batch.items())
        note(item, reading);
    parser.finish(batch);
    for (const sse::Item &item : batch.items())
        note(item, reading);
    return reading;
}

} // namespace weir::publish
