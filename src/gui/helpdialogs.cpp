// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/helpdialogs.h"

#include "gui/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// Functions have no tr() of their own.
struct HelpText
{
    Q_DECLARE_TR_FUNCTIONS(HelpText)
};

QString plain(QString text)
{
    return text.remove(u'&').remove(u'…');
}

void addActions(const QList<QAction *> &actions, QTreeWidgetItem *group)
{
    for (const auto *action : actions) {
        if (const auto *menu = action->menu())
            addActions(menu->actions(), group);
        else if (!action->shortcut().isEmpty())
            new QTreeWidgetItem(group, {plain(action->text()), action->shortcut().toString(QKeySequence::NativeText)});
    }
}

QTreeWidget *shortcutTree(const QMenuBar &menus)
{
    auto *tree = new QTreeWidget;
    tree->setObjectName(u"shortcutTree"_s);
    tree->setHeaderLabels({HelpText::tr("Action"), HelpText::tr("Shortcut")});
    for (const auto *action : menus.actions()) {
        auto *group = new QTreeWidgetItem(tree, {plain(action->text())});
        addActions(action->menu()->actions(), group);
        if (group->childCount() == 0)
            delete group;
    }
    tree->expandAll();
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setStretchLastSection(false);
    tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    return tree;
}

} // namespace

void showShortcuts(const QMenuBar &menus, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(u"shortcutsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(HelpText::tr("Keyboard Shortcuts"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(shortcutTree(menus));
    layout->addWidget(buttons);
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 60, dialog->fontMetrics().height() * 34);
    dialog->open();
}

void showAbout(QWidget *parent)
{
    auto *box = new QMessageBox(parent);
    box->setObjectName(u"aboutBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(HelpText::tr("About Weir"));
    box->setIconPixmap(icon(u"publisher"_s).pixmap(48));
    box->setText(HelpText::tr("Weir %1").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(HelpText::tr(
        "A monitor and publisher for Server-Sent Events.\n\nFree software under the GNU General Public License, "
        "version 3 or later. It comes without any warranty."));
    box->open();
}

} // namespace weir::gui
