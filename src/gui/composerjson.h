// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <optional>

namespace weir::gui {

/// Why and where a text is not JSON. Line and column count from 1, the column in UTF-16 code units as editors do.
struct JsonFault
{
    QString reason; ///< a translated phrase, without a full stop
    int line = 1;
    int column = 1;
};

/// The first fault of `text` by RFC 8259, or none. Any value may stand at the top, as the RFC allows. One pass, no
/// recursion, memory of one bit a level of nesting. Reentrant: usable in a pool thread.
std::optional<JsonFault> findJsonFault(const QString &text);

/// Says of the newest text whether it is JSON, without the GUI thread scanning it: scans in the pool and drops answers
/// that a newer text has overtaken. GUI thread only.
class ComposerJson : public QObject
{
    Q_OBJECT

public:
    explicit ComposerJson(QObject *parent = nullptr);

    void check(const QString &text);
    void forget(); ///< no answer will come for what was asked before

Q_SIGNALS:
    /// One of both answers the newest check(), from the event loop.
    void valid();
    void faulty(const weir::gui::JsonFault &fault); ///< see valid()

private:
    void report();

    QFutureWatcher<std::optional<JsonFault>> m_watcher;
};

} // namespace weir::gui
