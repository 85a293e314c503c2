// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultcatalogue.h"

#include "publish/faultwords.h"

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

using ParameterKind = FaultParameter::Kind;

FaultParameter number(
    const char *name, const char *label, qint64 least, qint64 most, qint64 standard, const char *unit = "")
{
    return {ParameterKind::Number, name, label, unit, least, most, standard, "", ""};
}

FaultParameter pauseAfterPiece()
{
    return number("pauseMs", QT_TRANSLATE_NOOP("Faults", "Pause"), 1, 60'000, 20, QT_TRANSLATE_NOOP("Faults", "ms"));
}

/// Faults that happen once count the events that go out whole before.
FaultParameter eventsBefore()
{
    return number("events", QT_TRANSLATE_NOOP("Faults", "Whole events before"), 0, 1'000'000'000, 1);
}

std::vector<FaultInfo> headFaults()
{
    return {
        {Fault::Status, FaultGroup::Head, "status", QT_TRANSLATE_NOOP("Faults", "Status"),
            QT_TRANSLATE_NOOP("Faults", "Answers with this status and a short text in place of the stream."),
            QT_TRANSLATE_NOOP("Faults", "A status other than 200 is no stream: a browser closes for good, 204 asks "
                                        "every client to stop, others "
                                        "may come back after 5xx and 429, not before Retry-After has passed."),
            {number("status", QT_TRANSLATE_NOOP("Faults", "Status"), 100, 999, 500),
                number("retryAfterSeconds", QT_TRANSLATE_NOOP("Faults", "Retry-After"), 0, 1'000'000, 0,
                    QT_TRANSLATE_NOOP("Faults", "s (0: none)"))}},
        {Fault::ContentType, FaultGroup::Head, "contentType", QT_TRANSLATE_NOOP("Faults", "Wrong Content-Type"),
            QT_TRANSLATE_NOOP("Faults", "Sends the stream with this content type."),
            QT_TRANSLATE_NOOP("Faults",
                "Anything but text/event-stream is refused, and the client does not connect again by itself."),
            {{ParameterKind::Text, "type", QT_TRANSLATE_NOOP("Faults", "Type"), "", 0, 0, 0,
                "text/plain; charset=utf-8", ""}}},
        {Fault::NoContentType, FaultGroup::Head, "noContentType", QT_TRANSLATE_NOOP("Faults", "No Content-Type"),
            QT_TRANSLATE_NOOP("Faults", "Sends the stream without a content type."),
            QT_TRANSLATE_NOOP("Faults",
                "Without a content type the response is refused, and the client does not connect again by itself."),
            {}},
        {Fault::Redirect, FaultGroup::Head, "redirect", QT_TRANSLATE_NOOP("Faults", "Redirect chain"),
            QT_TRANSLATE_NOOP("Faults", "Redirects so many times before the stream begins."),
            QT_TRANSLATE_NOOP("Faults", "Redirects are followed, twenty at most, with the same headers; the next "
                                        "connection begins at the first "
                                        "address again."),
            {{ParameterKind::Choice, "status", QT_TRANSLATE_NOOP("Faults", "Status"), "", 0, 0, 0, "302",
                 "301 302 303 307 308"},
                number("hops", QT_TRANSLATE_NOOP("Faults", "Hops"), 1, 100, 3)}},
        {Fault::RedirectLoop, FaultGroup::Head, "redirectLoop", QT_TRANSLATE_NOOP("Faults", "Redirect loop"),
            QT_TRANSLATE_NOOP("Faults", "Redirects from one address to another and back, without end."),
            QT_TRANSLATE_NOOP("Faults", "Gives up after about twenty redirects, in place of following them for ever."),
            {{ParameterKind::Choice, "status", QT_TRANSLATE_NOOP("Faults", "Status"), "", 0, 0, 0, "302",
                "301 302 303 307 308"}}},
        {Fault::HeadDelay, FaultGroup::Head, "headDelay", QT_TRANSLATE_NOOP("Faults", "Delayed head"),
            QT_TRANSLATE_NOOP("Faults", "Sends the response head only after this time."),
            QT_TRANSLATE_NOOP("Faults",
                "Shows that it is still connecting, or gives up at a deadline of its own and connects again."),
            {number(
                "ms", QT_TRANSLATE_NOOP("Faults", "Delay"), 1, 3'600'000, 5'000, QT_TRANSLATE_NOOP("Faults", "ms"))}},
    };
}

std::vector<FaultInfo> textFaults()
{
    return {
        {Fault::LineEnds, FaultGroup::Text, "lineEnds", QT_TRANSLATE_NOOP("Faults", "Line ends"),
            QT_TRANSLATE_NOOP("Faults", "Ends lines by CR, by CR LF, or by all three in turn."),
            QT_TRANSLATE_NOOP("Faults",
                "CR, LF and CR LF all end a line, also mixed; the events are the same, and a blank line of CR alone "
                "dispatches at once."),
            {{ParameterKind::Choice, "ends", QT_TRANSLATE_NOOP("Faults", "Ends"), "", 0, 0, 0, "crlf",
                "crlf cr mixed"}}},
        {Fault::Bom, FaultGroup::Text, "bom", QT_TRANSLATE_NOOP("Faults", "Byte order mark"),
            QT_TRANSLATE_NOOP(
                "Faults", "Begins the stream with the bytes EF BB BF, right before an event with the data “weir-bom”."),
            QT_TRANSLATE_NOOP(
                "Faults", "One byte order mark at the very start is dropped: the event “weir-bom” is dispatched."),
            {}},
        {Fault::InvalidUtf8, FaultGroup::Text, "invalidUtf8", QT_TRANSLATE_NOOP("Faults", "Invalid UTF-8"),
            QT_TRANSLATE_NOOP("Faults", "Puts malformed bytes at the end of the first data line of each event."),
            QT_TRANSLATE_NOOP(
                "Faults", "What is malformed becomes U+FFFD; the event is dispatched and the stream goes on."),
            {{ParameterKind::Choice, "bytes", QT_TRANSLATE_NOOP("Faults", "Bytes"), "", 0, 0, 0, "lone",
                "lone truncated overlong surrogate"}}},
        {Fault::NulInId, FaultGroup::Text, "nulInId", QT_TRANSLATE_NOOP("Faults", "NUL in the id"),
            QT_TRANSLATE_NOOP("Faults", "Puts a NUL at the end of the id of each event."),
            QT_TRANSLATE_NOOP("Faults",
                "The field is ignored: the event is dispatched, and the last event ID stays what it was before."),
            {}},
        {Fault::BadRetry, FaultGroup::Text, "badRetry", QT_TRANSLATE_NOOP("Faults", "Bad retry"),
            QT_TRANSLATE_NOOP("Faults", "Adds a retry field with this value to each event."),
            QT_TRANSLATE_NOOP(
                "Faults", "A value that is not all ASCII digits is ignored; the reconnection time stays what it was."),
            {{ParameterKind::Text, "value", QT_TRANSLATE_NOOP("Faults", "Value"), "", 0, 0, 0, "1.5s", ""}}},
        {Fault::LargeEvent, FaultGroup::Text, "largeEvent", QT_TRANSLATE_NOOP("Faults", "Large event"),
            QT_TRANSLATE_NOOP("Faults", "Sends one event of this size, as one line, before everything else."),
            QT_TRANSLATE_NOOP("Faults",
                "Dispatches it whole, or refuses it by a stated limit and goes on with the next event; time grows with "
                "the size, not with its square."),
            {number(
                "mebibytes", QT_TRANSLATE_NOOP("Faults", "Size"), 1, 4'096, 8, QT_TRANSLATE_NOOP("Faults", "MiB"))}},
        {Fault::EndlessLine, FaultGroup::Text, "endlessLine", QT_TRANSLATE_NOOP("Faults", "Endless line"),
            QT_TRANSLATE_NOOP("Faults", "Sends a data line that does not end, as fast as the client takes it."),
            QT_TRANSLATE_NOOP(
                "Faults", "Stops keeping bytes at a limit and says so, in place of growing until memory is used up."),
            {eventsBefore(), number("mebibytes", QT_TRANSLATE_NOOP("Faults", "Cut after"), 0, 1'048'576, 64,
                                 QT_TRANSLATE_NOOP("Faults", "MiB (0: never)"))}},
    };
}

std::vector<FaultInfo> packetFaults()
{
    return {
        {Fault::SplitAt, FaultGroup::Packets, "splitAt", QT_TRANSLATE_NOOP("Faults", "Split at a byte"),
            QT_TRANSLATE_NOOP("Faults", "Sends each block in two packets, cut after this byte of its text."),
            QT_TRANSLATE_NOOP("Faults", "Waits for the rest: the event is the same however its bytes arrive."),
            {number("byte", QT_TRANSLATE_NOOP("Faults", "Byte"), 1, 1 << 30, 7), pauseAfterPiece()}},
        {Fault::SplitCharacter, FaultGroup::Packets, "splitCharacter",
            QT_TRANSLATE_NOOP("Faults", "Split inside characters"),
            QT_TRANSLATE_NOOP("Faults",
                "Cuts after the first byte of each UTF-8 character that has more than one; pure ASCII stays whole."),
            QT_TRANSLATE_NOOP("Faults", "Keeps the unfinished character until its rest arrives: no U+FFFD appears."),
            {pauseAfterPiece()}},
        {Fault::SplitLineEnd, FaultGroup::Packets, "splitLineEnd",
            QT_TRANSLATE_NOOP("Faults", "Split between CR and LF"),
            QT_TRANSLATE_NOOP("Faults", "Ends lines by CR LF and sends the LF in a packet of its own."),
            QT_TRANSLATE_NOOP("Faults", "A CR and an LF that arrive apart are still one line end: no event is "
                                        "dispatched early, twice or empty."),
            {pauseAfterPiece()}},
        {Fault::OneByte, FaultGroup::Packets, "oneByte", QT_TRANSLATE_NOOP("Faults", "One byte per packet"),
            QT_TRANSLATE_NOOP("Faults", "Sends every byte of the body alone, chunk sizes too."),
            QT_TRANSLATE_NOOP("Faults", "Dispatches the same events, only later."),
            {number("pauseMs", QT_TRANSLATE_NOOP("Faults", "Pause"), 1, 60'000, 1, QT_TRANSLATE_NOOP("Faults", "ms"))}},
        {Fault::Drip, FaultGroup::Packets, "drip", QT_TRANSLATE_NOOP("Faults", "Slow drip"),
            QT_TRANSLATE_NOOP("Faults", "Sends the body at no more than this rate, in small packets."),
            QT_TRANSLATE_NOOP(
                "Faults", "Dispatches each event when its blank line has arrived; slow bytes are not silence."),
            {number("bytesPerSecond", QT_TRANSLATE_NOOP("Faults", "Rate"), 1, 1'000'000'000, 20,
                QT_TRANSLATE_NOOP("Faults", "bytes/s"))}},
    };
}

std::vector<FaultInfo> codingFaults()
{
    return {
        {Fault::GzipUnflushed, FaultGroup::Coding, "gzipUnflushed",
            QT_TRANSLATE_NOOP("Faults", "Gzip without flushing"),
            QT_TRANSLATE_NOOP("Faults", "Compresses the stream and keeps the bytes until the compressor is full."),
            QT_TRANSLATE_NOOP("Faults",
                "Can show only what has arrived: events come late and in lots. A monitor shows that nothing came."),
            {}},
        {Fault::GzipTruncated, FaultGroup::Coding, "gzipTruncated", QT_TRANSLATE_NOOP("Faults", "Truncated gzip"),
            QT_TRANSLATE_NOOP("Faults", "Compresses the stream and ends the body properly in the middle of an event."),
            QT_TRANSLATE_NOOP("Faults",
                "Keeps the whole events, discards the rest, says that the body is damaged and connects again."),
            {eventsBefore()}},
        {Fault::BadChunkSize, FaultGroup::Coding, "badChunkSize", QT_TRANSLATE_NOOP("Faults", "Bad chunk size"),
            QT_TRANSLATE_NOOP("Faults", "Gives a chunk a size that is no number, or too large, or too small."),
            QT_TRANSLATE_NOOP("Faults",
                "The connection is broken: whole events stay, the rest is discarded, the client connects again. Weir's "
                "own monitor shows a clean end for a size that is no number: Qt, which reads the chunks, takes it for "
                "the last chunk and does not tell."),
            {eventsBefore(), {ParameterKind::Choice, "size", QT_TRANSLATE_NOOP("Faults", "Size"), "", 0, 0, 0,
                                 "letters", "letters tooLarge tooSmall"}}},
        {Fault::LengthTooLong, FaultGroup::Coding, "lengthTooLong",
            QT_TRANSLATE_NOOP("Faults", "Content-Length too long"),
            QT_TRANSLATE_NOOP("Faults", "Announces a body of this length and closes before it is complete."),
            QT_TRANSLATE_NOOP(
                "Faults", "The body is incomplete: the client treats it as a lost connection and connects again."),
            {eventsBefore(), number("bytes", QT_TRANSLATE_NOOP("Faults", "Length"), 1, qint64{1} << 40, 1'000'000,
                                 QT_TRANSLATE_NOOP("Faults", "bytes"))}},
        {Fault::LengthTooShort, FaultGroup::Coding, "lengthTooShort",
            QT_TRANSLATE_NOOP("Faults", "Content-Length too short"),
            QT_TRANSLATE_NOOP("Faults", "Announces a body of this length and goes on sending."),
            QT_TRANSLATE_NOOP("Faults",
                "Reads as much as was announced and takes that as the end of the stream; what follows is not of it."),
            {number("bytes", QT_TRANSLATE_NOOP("Faults", "Length"), 0, 1 << 30, 100,
                QT_TRANSLATE_NOOP("Faults", "bytes"))}},
    };
}

std::vector<FaultInfo> endFaults()
{
    return {
        {Fault::NoHeartbeat, FaultGroup::End, "noHeartbeat", QT_TRANSLATE_NOOP("Faults", "No heartbeats"),
            QT_TRANSLATE_NOOP("Faults", "Sends events, but no comments while there are none."),
            QT_TRANSLATE_NOOP(
                "Faults", "Stays connected, or gives up after an idle limit of its own and connects again."),
            {}},
        {Fault::Silence, FaultGroup::End, "silence", QT_TRANSLATE_NOOP("Faults", "Silence"),
            QT_TRANSLATE_NOOP("Faults", "Sends nothing more and keeps the connection open."),
            QT_TRANSLATE_NOOP("Faults",
                "Cannot know: it waits, or gives up after an idle limit of its own and connects again with the last "
                "event ID."),
            {eventsBefore()}},
        {Fault::NoBlankLine, FaultGroup::End, "noBlankLine", QT_TRANSLATE_NOOP("Faults", "No blank line at the end"),
            QT_TRANSLATE_NOOP("Faults", "Leaves out the blank line after an event and ends the body properly."),
            QT_TRANSLATE_NOOP(
                "Faults", "The unfinished event is discarded and its id does not count; the client connects again."),
            {eventsBefore()}},
        {Fault::CutInEvent, FaultGroup::End, "cutInEvent", QT_TRANSLATE_NOOP("Faults", "Cut inside an event"),
            QT_TRANSLATE_NOOP("Faults",
                "Closes the connection in the middle of an event, without ending the body. TLS is ended properly."),
            QT_TRANSLATE_NOOP(
                "Faults", "The half event is discarded; the client connects again with the last event ID before it."),
            {eventsBefore()}},
        {Fault::ResetInEvent, FaultGroup::End, "resetInEvent", QT_TRANSLATE_NOOP("Faults", "Reset inside an event"),
            QT_TRANSLATE_NOOP(
                "Faults", "Resets the connection (RST) in the middle of an event. TLS gets no close_notify."),
            QT_TRANSLATE_NOOP(
                "Faults", "The half event is discarded; the client connects again with the last event ID before it."),
            {eventsBefore()}},
        {Fault::HalfClose, FaultGroup::End, "halfClose", QT_TRANSLATE_NOOP("Faults", "Half-close"),
            QT_TRANSLATE_NOOP("Faults", "Closes the sending side (FIN) after an event and waits for the client to "
                                        "close. TLS gets no close_notify, "
                                        "so to a client it is a truncation."),
            QT_TRANSLATE_NOOP(
                "Faults", "Takes it as the end of the connection, closes its own side and connects again."),
            {eventsBefore()}},
    };
}

} // namespace

const std::vector<FaultInfo> &faultCatalogue()
{
    static const std::vector<FaultInfo> catalogue = [] {
        std::vector<FaultInfo> all;
        for (auto *part : {headFaults, textFaults, packetFaults, codingFaults, endFaults}) {
            const auto infos = part();
            all.insert(all.end(), infos.begin(), infos.end());
        }
        return all;
    }();
    return catalogue;
}

const FaultInfo &infoOf(Fault fault)
{
    const auto &all = faultCatalogue();
    return *std::find_if(all.begin(), all.end(), [fault](const FaultInfo &info) { return info.fault == fault; });
}

const FaultInfo *findFault(const QString &name)
{
    const auto &all = faultCatalogue();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const FaultInfo &info) { return name == QLatin1StringView(info.name); });
    return found == all.end() ? nullptr : &*found;
}

QString shownGroup(FaultGroup group)
{
    switch (group) {
    case FaultGroup::Head:
        return faultWords(QT_TRANSLATE_NOOP("Faults", "Response head"));
    case FaultGroup::Text:
        return faultWords(QT_TRANSLATE_NOOP("Faults", "Text of the stream"));
    case FaultGroup::Packets:
        return faultWords(QT_TRANSLATE_NOOP("Faults", "Packets"));
    case FaultGroup::Coding:
        return faultWords(QT_TRANSLATE_NOOP("Faults", "Coding and framing"));
    case FaultGroup::End:
        return faultWords(QT_TRANSLATE_NOOP("Faults", "Heartbeats and the end"));
    }
    return {};
}

QString FaultInfo::shownTitle() const
{
    return faultWords(title);
}

QString FaultInfo::shownEffect() const
{
    return faultWords(effect);
}

QString FaultInfo::shownAnswer() const
{
    return faultWords(answer);
}

const FaultParameter *FaultInfo::parameter(const QString &parameterName) const
{
    const auto found = std::find_if(parameters.begin(), parameters.end(),
        [&](const FaultParameter &one) { return parameterName == QLatin1StringView(one.name); });
    return found == parameters.end() ? nullptr : &*found;
}

} // namespace weir::publish
