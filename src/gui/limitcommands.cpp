// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/limitcommands.h"

#include "gui/subscriptionundo.h"
#include "models/eventformat.h"

#include <QSettings>
#include <QThreadPool>
#include <QUndoStack>

#include <vector>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

Limits defaultLimits()
{
    Limits limits;
    limits.maxEventBytes = subscribe::SubscriptionSettings().maxEventBytes;
    return limits;
}

QString organization()
{
    return u"weir"_s;
}

/// What cannot be read is as if never saved.
Limits loadLimits()
{
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, organization(), u"weir"_s);
    auto limits = defaultLimits();
    settings.beginGroup(u"limits"_s);
    if (const auto budget = settings.value(u"memoryBudget"_s).toULongLong(); budget > 0)
        limits.memoryBudget = budget;
    if (const auto largest = settings.value(u"maxEventBytes"_s).toULongLong(); largest > 0)
        limits.maxEventBytes = largest;
    return limits;
}

void saveLimits(const Limits &limits)
{
    QThreadPool::globalInstance()->start([limits] {
        QSettings settings(QSettings::IniFormat, QSettings::UserScope, organization(), u"weir"_s);
        settings.beginGroup(u"limits"_s);
        // Of the default only that it is the default: it follows the machine.
        const auto standard = defaultLimits();
        const auto keep = [&settings](const QString &key, std::size_t value, std::size_t unset) {
            if (value == unset)
                settings.remove(key);
            else
                settings.setValue(key, qulonglong{value});
        };
        keep(u"memoryBudget"_s, limits.memoryBudget, standard.memoryBudget);
        keep(u"maxEventBytes"_s, limits.maxEventBytes, standard.maxEventBytes);
    });
}

} // namespace

LimitCommands::LimitCommands(const store::EventLog &log, subscribe::Ingest &ingest,
    models::SubscriptionModel &subscriptions, QUndoStack &undo, QWidget *window)
    : QObject(window)
    , m_log(log)
    , m_ingest(ingest)
    , m_subscriptions(subscriptions)
    , m_undo(undo)
    , m_window(window)
    , m_limits(loadLimits())
{
    // A budget that was given to the log itself, as tests do, stays unless the user has chosen one.
    if (m_limits.memoryBudget == Limits().memoryBudget)
        m_limits.memoryBudget = m_log.ledger().memoryBudget;
    apply();
}

void LimitCommands::edit()
{
    auto *dialog = new LimitsDialog(m_limits, m_log.ledger(), m_subscriptions.rowCount(), m_window);
    connect(dialog, &LimitsDialog::confirmed, this, &LimitCommands::take);
    dialog->open();
}

void LimitCommands::take(const Limits &limits, bool isForAll)
{
    m_limits = limits;
    apply();
    saveLimits(limits);
    if (isForAll)
        limitAll();
    Q_EMIT remark(tr("Memory for events: %1. Largest event: %2.")
                      .arg(models::formatBytes(limits.memoryBudget), models::formatBytes(limits.maxEventBytes)));
}

void LimitCommands::apply()
{
    m_ingest.setMemoryBudget(m_limits.memoryBudget);
    m_subscriptions.setMaxEventBytes(m_limits.maxEventBytes);
}

void LimitCommands::limitAll()
{
    std::vector<store::SubscriptionId> ids;
    for (int row = 0; row < m_subscriptions.rowCount(); ++row)
        ids.push_back(m_subscriptions.at(row).id);
    m_undo.beginMacro(tr("limit the size of events"));
    for (const auto id : ids) {
        auto settings = m_subscriptions.find(id)->settings;
        settings.maxEventBytes = m_limits.maxEventBytes;
        m_undo.push(new EditSubscription(m_subscriptions, id, settings));
    }
    m_undo.endMacro();
}

} // namespace weir::gui
