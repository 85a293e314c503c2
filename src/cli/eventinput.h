// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "publish/settings.h"
#include "sse/parser.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace weir::cli {

/// Turns the bytes of standard input into publications: JSON lines, lines of text, or an event stream. A passive value,
/// fed with pieces of any size; a bad line is reported by number and skipped, the rest still counts.
class EventInput
{
public:
    EventInput(Format format, QString defaultPath);

    struct Result
    {
        QList<publish::Publication> publications;
        QList<QString> problems; ///< one sentence each, with the line's number
    };

    Result feed(const QByteArray &bytes);
    /// The input has ended: a last line without a line end counts, an unfinished block of an event stream does not.
    Result finish();

private:
    void takeLine(const QByteArray &line, Result &result);
    void takeJsonLine(const QByteArray &line, Result &result);
    void takeBatch(Result &result);

    Format m_format;
    QString m_defaultPath;
    QByteArray m_pending;
    int m_lineNumber = 0;
    sse::Parser m_parser;
    sse::Batch m_batch;
    std::string m_lastEventId;
};

} // namespace weir::cli
