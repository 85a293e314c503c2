// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filtermemory.h"

#include <QSettings>
#include <QThreadPool>

#include <mutex>
#include <optional>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

struct Kept
{
    QStringList history;
    QByteArray saved;
};

/// Hands what is to be written to the pool. Whichever job comes last writes the newest.
class Outbox
{
public:
    void put(Kept kept)
    {
        const std::lock_guard lock(m_handing);
        m_next = std::move(kept);
    }

    void write()
    {
        const std::lock_guard lock(m_writing);
        const auto kept = take();
        if (!kept)
            return;
        QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"weir"_s, u"weir"_s);
        settings.setValue(u"filters/history"_s, kept->history);
        settings.setValue(u"filters/saved"_s, QString::fromUtf8(kept->saved));
    }

private:
    std::optional<Kept> take()
    {
        const std::lock_guard lock(m_handing);
        return std::exchange(m_next, std::nullopt);
    }

    std::mutex m_handing; ///< never held while a file is touched: the GUI thread takes it
    std::mutex m_writing;
    std::optional<Kept> m_next;
};

Outbox &outbox()
{
    static Outbox box;
    return box;
}

} // namespace

FilterMemory::FilterMemory(models::LogFeed &feed, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
    , m_seen(feed)
{}

store::WallTime FilterMemory::now() const
{
    return m_feed.log().clock().wallTime(std::chrono::steady_clock::now());
}

QString FilterMemory::load()
{
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"weir"_s, u"weir"_s);
    settings.beginGroup(u"filters"_s);
    m_history.setExpressions(settings.value(u"history"_s).toStringList());
    const QString text = settings.value(u"saved"_s).toString();
    const auto saved = text.isEmpty() ? QList<SavedFilter>() : savedFiltersFromJson(text.toUtf8());
    if (saved)
        m_saved.setList(*saved);
    else
        settings.setValue(u"unreadable"_s, text);
    connect(&m_history, &FilterHistory::changed, this, &FilterMemory::save);
    connect(&m_saved, &SavedFilters::changed, this, &FilterMemory::save);
    return saved ? QString()
                 : tr("The saved filters in the settings are no list of filters. They were put aside there.");
}

void FilterMemory::save() const
{
    outbox().put({m_history.expressions(), toJson(m_saved.list())});
    QThreadPool::globalInstance()->start([] { outbox().write(); });
}

} // namespace weir::gui
