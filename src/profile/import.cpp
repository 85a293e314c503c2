// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/import.h"

#include "profile/curlcommand.h"
#include "profile/har.h"
#include "profile/importtext.h"

#include <QCoreApplication>

namespace weir::profile {

namespace {

Import readCurl(const QString &text)
{
    Import import;
    for (const auto &command : readCurlCommands(text)) {
        if (command.settings)
            import.subscriptions << *command.settings;
        else
            import.problems
                << ImportText::tr("line %1, column %2: %3").arg(command.line).arg(command.column).arg(command.problem);
        import.notes << command.notes;
    }
    return import;
}

} // namespace

Import readImport(const QByteArray &bytes)
{
    const auto text = QString::fromUtf8(bytes);
    const auto begin = text.trimmed();
    if (!begin.startsWith(u'{') && !begin.startsWith(QChar::ByteOrderMark))
        return readCurl(text);
    const auto har = readHar(bytes);
    Import import{har.subscriptions, har.problems, har.notes};
    if (import.subscriptions.isEmpty() && import.problems.isEmpty())
        import.problems << ImportText::tr("No entry is an event stream. Other entries: %1.").arg(har.otherEntries);
    return import;
}

} // namespace weir::profile
