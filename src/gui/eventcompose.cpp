// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventcompose.h"

#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/theme.h"
#include "gui/viewarea.h"
#include "models/messagemime.h"

#include <QAction>
#include <QDrag>
#include <QMimeData>

#include <memory>
#include <optional>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostMessages = 200;
constexpr std::size_t mostComposed = 8 << 20;

std::optional<models::NamedMessage> messageOf(const store::EventView &event, bool withId)
{
    const std::string_view type = event.typeBuffer();
    models::NamedMessage message{QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())), {}};
    auto &fields = message.publication.message;
    if (event.kind() == store::Kind::Comment) {
        fields.comment = std::string(event.data());
        return message;
    }
    if (event.kind() != store::Kind::Event)
        return {};
    fields.data = std::string(event.data());
    fields.type = std::string(type);
    if (withId && !event.id().empty())
        fields.id = std::string(event.id());
    return message;
}

} // namespace

QList<models::NamedMessage> selectedMessages(const EventView &view, bool withIds)
{
    QList<models::NamedMessage> messages;
    const auto &snapshot = view.eventModel()->snapshot();
    std::size_t bytes = 0;
    for (const auto number : view.selectedNumbers(mostMessages)) {
        const auto event = snapshot.at(number);
        bytes += event.data().size();
        if (bytes > mostComposed && !messages.isEmpty())
            break;
        if (const auto message = messageOf(event, withIds))
            messages.append(*message);
    }
    return messages;
}

void dragSelectedEvents(EventView &view)
{
    const auto messages = selectedMessages(view, false);
    if (messages.isEmpty())
        return;
    auto *drag = new QDrag(&view);
    drag->setMimeData(models::messagesToMime(messages));
    drag->exec(Qt::CopyAction);
}

EventCompose::EventCompose(ViewArea &views, QObject *parent)
    : QObject(parent)
    , m_views(views)
{
    add(u"composeAction"_s, tr("Put into c&omposer"), false);
    add(u"composeWithIdAction"_s, tr("Put into composer with its I&D"), true);
}

void EventCompose::add(const QString &name, const QString &text, bool withIds)
{
    auto *action = new QAction(withIds ? QIcon() : icon(u"send"_s), text, this);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, [this, withIds] {
        const auto messages = selectedMessages(*m_views.current()->view(), withIds);
        if (messages.isEmpty())
            Q_EMIT remark(tr("Only events and comments can be put into the composer."));
        else
            Q_EMIT composeRequested(messages.first().publication);
        if (messages.size() > 1)
            Q_EMIT remark(tr("The composer has the first of %1; the library takes them all by drag and drop.")
                              .arg(messages.size()));
    });
    m_actions << action;
}

} // namespace weir::gui
