// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/draftcheck.h"

#include "publish/eventtemplate.h"
#include "publish/rawtext.h"
#include "publish/streamreading.h"
#include "sse/encoder.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

// What a text field shows without a wait; more of a message is a matter for the window's hex view.
constexpr std::size_t previewBytes = 64 << 10;

QString draftPhrase(const char *text)
{
    return QCoreApplication::translate("weir::gui::Composer", text);
}

QString withRest(QString text, std::size_t shown, std::size_t total)
{
    return shown < total ? text + draftPhrase("\n… more bytes: %1").arg(total - shown) : text;
}

/// In the words in which they were written, so that line ends are seen, and bytes that are no text.
QString visibleBytes(std::string_view bytes)
{
    return QString::fromStdString(publish::rawTextOf(bytes)).replace(u'\n', u"\\n\n"_s);
}

QStringList warnings(const publish::StreamReading &reading)
{
    QStringList said;
    if (reading.isUnfinished)
        said << draftPhrase("The last block has no blank line: a client waits, and what is sent next continues it.");
    if (reading.hasInvalidUtf8)
        said << draftPhrase("Malformed UTF-8 arrives as U+FFFD.");
    if (reading.hasUnknownField)
        said << draftPhrase("A field that clients do not know is ignored.");
    if (reading.hasInvalidRetry)
        said << draftPhrase("A reconnection time that is not all digits is ignored.");
    if (reading.hasNulInId)
        said << draftPhrase("An ID with NUL is ignored.");
    if (reading.isTooLarge)
        said << draftPhrase("A block is larger than many clients take.");
    return said;
}

void describe(const publish::StreamReading &reading, std::size_t size, DraftReport &report)
{
    QStringList parts{draftPhrase("events dispatched: %1").arg(reading.events)};
    if (reading.comments > 0)
        parts << draftPhrase("comments: %1").arg(reading.comments);
    if (reading.fieldsOnly > 0)
        parts << draftPhrase("blocks without data: %1").arg(reading.fieldsOnly);
    const QStringList warned = warnings(reading);
    report.reading = draftPhrase("Bytes: %1; %2.").arg(QString::number(size), parts.join(u", "_s));
    if (!warned.isEmpty())
        report.reading += u'\n' + warned.join(u'\n');
    report.readingMeaning = warned.isEmpty() ? Meaning::Good : Meaning::Warning;
}

DraftReport checkRaw(const Draft &draft)
{
    DraftReport report;
    const auto bytes = publish::bytesOf(draft.text.toStdString());
    if (!bytes) {
        report.textFault = bytes.error().text();
        return report;
    }
    if (bytes->empty())
        return report;
    describe(publish::readStream(*bytes), bytes->size(), report);
    const auto shown = std::min(bytes->size(), previewBytes);
    if (draft.wantsBytes)
        report.bytes = withRest(visibleBytes(std::string_view(*bytes).substr(0, shown)), shown, bytes->size());
    return report;
}

QString wireText(const Draft &draft, sse::Message message)
{
    if (draft.publication.automaticId && message.data && !message.id)
        message.id = draftPhrase("(the next number)").toStdString();
    std::string bytes;
    if (const auto error = sse::encode(message, bytes)) {
        const auto sentence = sse::text(*error);
        return QString::fromUtf8(sentence.data(), static_cast<qsizetype>(sentence.size()));
    }
    const auto shown = std::min(bytes.size(), previewBytes);
    return withRest(QString::fromUtf8(bytes.data(), static_cast<qsizetype>(shown)), shown, bytes.size());
}

/// Type and id have notes of their own, so that of their faults nothing is said here.
void render(std::uint64_t seq, sse::Message &message, DraftReport &report)
{
    QString problem;
    if (auto whole = publish::MessageTemplate::compile(message, problem)) {
        message = whole->render(seq);
        return;
    }
    const sse::Message dataAlone{{}, {}, message.data.value_or(""), {}, {}};
    if (auto data = publish::MessageTemplate::compile(dataAlone, report.textFault); data && message.data)
        message.data = data->render(seq).data;
}

/// Somebody who writes a word does not want to be told that it is no JSON.
bool looksLikeJson(std::string_view data)
{
    const auto first = data.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (data[first] == '{' || data[first] == '[' || data[first] == '"');
}

void judgeJson(const std::string &data, DraftReport &report)
{
    if (data.empty())
        return;
    const auto fault = findJsonFault(QString::fromStdString(data));
    if (fault && !looksLikeJson(data))
        return;
    report.json = fault ? DraftReport::Json::Faulty : DraftReport::Json::Valid;
    report.jsonFault = fault.value_or(JsonFault{});
}

} // namespace

DraftReport checkDraft(const Draft &draft)
{
    if (draft.publication.rawText)
        return checkRaw(draft);
    DraftReport report;
    sse::Message message = draft.publication.message;
    if (message.data)
        message.data = draft.text.toStdString();
    if (draft.publication.isTemplate)
        render(draft.seq, message, report);
    if (message.data && report.textFault.isEmpty())
        judgeJson(*message.data, report);
    if (draft.wantsBytes)
        report.bytes = report.textFault.isEmpty() ? wireText(draft, message) : report.textFault;
    return report;
}

} // namespace weir::gui
