// SPDX-License-Identifier: GPL-3.0-or-later
// Where the composer's messages go and come from: hubs, placeholders, drops.
#include "gui/composer.h"
#include "gui/theme.h"
#include "models/messagemime.h"
#include "ui_composer.h"

#include <QAction>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QSignalBlocker>

namespace weir::gui {

using namespace Qt::StringLiterals;

void Composer::createMenu()
{
    auto *menu = new QMenu(this);
    m_placeholders = menu->addMenu(tr("Insert &placeholder"));
    addPlaceholders(*m_placeholders);
    menu->addAction(m_saveAction);
    menu->addSeparator();
    auto *addHub = menu->addAction(tr("&Add a hub…"));
    menu->setObjectName(u"moreMenu"_s);
    m_editHubAction = menu->addAction(tr("&Edit this hub…"));
    m_removeHubAction = menu->addAction(tr("&Remove this hub"));
    m_ui->moreButton->setMenu(menu);
    m_ui->moreButton->setIcon(icon(u"menu"_s));
    connect(addHub, &QAction::triggered, this, &Composer::addHubRequested);
    connect(m_editHubAction, &QAction::triggered, this, [this] { Q_EMIT editHubRequested(hub()); });
    connect(m_removeHubAction, &QAction::triggered, this, [this] { Q_EMIT removeHubRequested(hub()); });
}

void Composer::addPlaceholders(QMenu &menu)
{
    const QList<QPair<QString, QString>> known{{u"{{seq}}"_s, tr("number of the message")},
        {u"{{now}}"_s, tr("time in UTC")}, {u"{{monotonicNs}}"_s, tr("clock in nanoseconds")},
        {u"{{uuid}}"_s, tr("random UUID")}, {u"{{rand 1 100}}"_s, tr("random number")},
        {u"{{pick a|b|c}}"_s, tr("one of the texts")}, {u"{{json text}}"_s, tr("text as a JSON string")},
        {u"{{open}}"_s, tr("{{ itself")}};
    QString help = tr("Whether {{…}} in type, ID and data is filled in anew for each message sent.");
    for (const auto &[placeholder, meaning] : known) {
        help += u'\n' + placeholder + u"  "_s + meaning;
        connect(menu.addAction(placeholder + u'\t' + meaning), &QAction::triggered, this, [this, text = placeholder] {
            m_ui->templateBox->setChecked(true);
            m_ui->dataEdit->insertPlainText(text);
            m_ui->dataEdit->setFocus();
        });
    }
    m_ui->templateBox->setToolTip(help);
}

void Composer::setServerName(const QString &name)
{
    m_ui->destinationBox->setItemText(0, name);
}

void Composer::setHubs(const QStringList &names, int chosen)
{
    const QSignalBlocker blocker(m_ui->destinationBox);
    const QString server = m_ui->destinationBox->count() > 0 ? m_ui->destinationBox->itemText(0) : tr("This server");
    m_ui->destinationBox->clear();
    m_ui->destinationBox->addItem(icon(u"publisher"_s), server);
    for (const QString &name : names)
        m_ui->destinationBox->addItem(icon(u"hub"_s), name);
    m_ui->destinationBox->setCurrentIndex(chosen + 1);
    checkFields();
}

int Composer::hub() const
{
    return m_ui->destinationBox->currentIndex() - 1;
}

bool Composer::takeDrop(const QDropEvent &event)
{
    const auto messages = models::messagesInMime(*event.mimeData());
    if (messages.isEmpty())
        return false;
    setPublication(messages.first().publication);
    if (messages.size() > 1) {
        m_ui->sendNote->say(Meaning::Secondary,
            tr("This is the first message of %1; the library takes them all.").arg(messages.size()));
    }
    return true;
}

void Composer::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(models::messageMimeType()))
        event->accept();
}

void Composer::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(takeDrop(*event));
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag =
        event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop;
    if (!isDrag)
        return QWidget::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    if (!drop->mimeData()->hasFormat(models::messageMimeType()))
        return QWidget::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction);
    drop->setAccepted(event->type() != QEvent::Drop || takeDrop(*drop));
    return true;
}

} // namespace weir::gui
