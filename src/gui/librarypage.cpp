// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/librarypage.h"

#include "gui/filetask.h"
#include "gui/inlinenote.h"
#include "gui/libraryfilter.h"
#include "gui/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>

#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::LibraryItem;
using models::LibraryModel;

LibraryPage::LibraryPage(QWidget *parent)
    : QWidget(parent)
    , m_filter(new LibraryFilter(this))
    , m_search(new QLineEdit)
    , m_tree(new QTreeView)
    , m_hint(new QLabel(tr("No message is kept here yet.\nThe menu of the composer has “Save in library”.\nEvents and "
                           "messages can be dragged here.")))
    , m_note(new InlineNote)
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(500ms);
    m_filter->setSourceModel(&m_model);
    createActions();
    build();
    connectParts();
    updateActions();
}

LibraryPage::~LibraryPage()
{
    if (m_saving.isActive())
        save();
}

QAction *LibraryPage::action(const QString &iconName, const QString &text, void (LibraryPage::*slot)())
{
    auto *result = new QAction(iconName.isEmpty() ? QIcon() : icon(iconName), text, this);
    connect(result, &QAction::triggered, this, slot);
    return result;
}

void LibraryPage::createActions()
{
    m_load = action(u"edit"_s, tr("&Load"), &LibraryPage::load);
    m_load->setToolTip(tr("Load it into the composer (Return or double click)"));
    m_send = action(u"send"_s, tr("S&end"), &LibraryPage::send);
    m_send->setToolTip(tr("Send it as it is, to where the composer sends"));
    m_addFolder = action(u"folder"_s, tr("New &folder"), &LibraryPage::addFolder);
    m_rename = action({}, tr("Re&name"), &LibraryPage::rename);
    m_remove = action(u"remove"_s, tr("&Remove"), &LibraryPage::removeItem);
    m_remove->setShortcut(QKeySequence(QKeySequence::Delete));
    m_putBack = action(u"undo"_s, tr("&Put back"), &LibraryPage::putBack);
    m_saveAnyway = action({}, tr("Save over the &file"), &LibraryPage::saveAnyway);
    for (auto *each : {m_rename, m_remove, m_putBack})
        each->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addActions({m_load, m_send, m_addFolder, m_rename, m_remove, m_putBack});
}

void LibraryPage::build()
{
    m_search->setObjectName(u"librarySearch"_s);
    m_search->setPlaceholderText(tr("Search names and texts"));
    m_search->setAccessibleName(tr("Search the library"));
    m_search->setClearButtonEnabled(true);
    m_tree->setObjectName(u"libraryView"_s);
    m_tree->setAccessibleName(tr("Message library"));
    m_tree->setModel(m_filter);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_tree->setDragDropMode(QAbstractItemView::DragDrop);
    m_tree->setDefaultDropAction(Qt::MoveAction);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    // It lies on the tree, which takes what is dropped.
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    (new QVBoxLayout(m_tree->viewport()))->addWidget(m_hint);
    auto *more = new QMenu(this);
    more->addActions({m_rename, m_remove, m_putBack});
    more->addSeparator();
    more->addAction(action(u"file"_s, tr("&Import…"), &LibraryPage::importFile));
    more->addAction(action({}, tr("E&xport…"), &LibraryPage::exportFile));
    more->addAction(m_saveAnyway);
    auto *buttons = new QHBoxLayout;
    for (auto *each : {m_load, m_send, m_addFolder}) {
        auto *button = new QToolButton;
        button->setDefaultAction(each);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *moreButton = new QToolButton;
    moreButton->setIcon(icon(u"menu"_s));
    moreButton->setAccessibleName(tr("More"));
    moreButton->setToolTip(tr("Rename, remove, import, export"));
    moreButton->setMenu(more);
    moreButton->setPopupMode(QToolButton::InstantPopup);
    moreButton->setAutoRaise(true);
    buttons->addWidget(moreButton);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_note);
    layout->addLayout(buttons);
}

void LibraryPage::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPage::search);
    connect(m_tree, &QAbstractItemView::activated, this, &LibraryPage::load);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &LibraryPage::updateActions);
    connect(&m_model, &LibraryModel::changed, this, &LibraryPage::changed);
    connect(&m_model, &LibraryModel::full, this, [this] {
        m_note->say(Meaning::Error, tr("The library is full: it holds %1 items.").arg(LibraryModel::mostItems));
    });
    connect(&m_saving, &QTimer::timeout, this, &LibraryPage::save);
}

void LibraryPage::useFile(const QString &path)
{
    m_path = path;
    // Until it was read, nothing may be written over it.
    m_isLocked = true;
    readFile(path, this, [this, path](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
        if (!QFileInfo::exists(path))
            return [this] {
                m_isLocked = false;
                if (m_model.count() > 0)
                    changed();
            };
        auto read = models::libraryFromJson(bytes);
        if (!problem.isEmpty())
            read = {{}, {problem}, false};
        return [this, read] { take(read); };
    });
}

void LibraryPage::take(const models::ReadLibrary &read)
{
    // What was added before the file was read stays.
    const auto added = m_model.items();
    m_model.setItems(read.items + added);
    m_isLocked = !read.problems.isEmpty();
    if (m_isLocked) {
        m_note->say(
            Meaning::Error, tr("%1 was not read as a whole: %2\nIt stays as it is; what you change here is not kept.")
                                .arg(QFileInfo(m_path).fileName(), read.problems.first()));
        m_note->setToolTip(m_path + u'\n' + read.problems.join(u'\n'));
    } else if (!added.isEmpty()) {
        changed();
    }
    updateActions();
}

void LibraryPage::changed()
{
    if (!m_isLocked && !m_path.isEmpty())
        m_saving.start();
    updateActions();
}

void LibraryPage::save()
{
    m_saving.stop();
    if (m_isLocked || m_path.isEmpty())
        return;
    writeFile(
        m_path, [items = m_model.items()] { return models::libraryToJson(items); }, this,
        [this](const QString &problem) {
            m_note->say(
                Meaning::Error, problem.isEmpty() ? QString() : tr("The library is not saved: %1").arg(problem));
        });
}

void LibraryPage::saveAnyway()
{
    m_isLocked = false;
    m_note->setToolTip({});
    save();
    updateActions();
}

QModelIndex LibraryPage::current() const
{
    return m_filter->mapToSource(m_tree->currentIndex());
}

void LibraryPage::load()
{
    const auto index = current();
    if (index.isValid() && !m_model.isFolder(index))
        Q_EMIT loadRequested(m_model.itemAt(index).publication);
}

void LibraryPage::send()
{
    const auto index = current();
    if (index.isValid() && !m_model.isFolder(index))
        Q_EMIT sendRequested(m_model.itemAt(index).publication);
}

void LibraryPage::edit(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    m_search->clear();
    const auto shown = m_filter->mapFromSource(index);
    m_tree->expand(shown.parent());
    m_tree->setCurrentIndex(shown);
    m_tree->setFocus();
    m_tree->edit(shown);
}

void LibraryPage::add(const QString &name, const publish::Publication &publication)
{
    edit(m_model.add({name, false, publication, {}}, current()));
}

void LibraryPage::addFolder()
{
    edit(m_model.add({tr("New folder"), true, {}, {}}, current()));
}

void LibraryPage::rename()
{
    m_tree->edit(m_tree->currentIndex());
}

void LibraryPage::removeItem()
{
    const auto name = current().data().toString();
    m_model.remove(current());
    m_note->say(Meaning::Secondary, tr("Removed: %1. “Put back” in the menu brings it back.").arg(name));
}

void LibraryPage::putBack()
{
    m_note->hush();
    m_tree->setCurrentIndex(m_filter->mapFromSource(m_model.putBack()));
}

void LibraryPage::importFile()
{
    auto *dialog = new QFileDialog(this, tr("Import Messages"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Message libraries (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &LibraryPage::readImport);
    dialog->open();
}

void LibraryPage::readImport(const QString &path)
{
    readFile(path, this, [this, path](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
        auto read = models::libraryFromJson(bytes);
        if (!problem.isEmpty())
            read = {{}, {problem}, false};
        return [this, read, name = QFileInfo(path).completeBaseName()] {
            if (!read.problems.isEmpty())
                m_note->say(Meaning::Error, tr("%1: %2").arg(name, read.problems.join(u'\n')));
            if (read.isReadable)
                m_tree->setCurrentIndex(m_filter->mapFromSource(m_model.add({name, true, {}, read.items}, {})));
        };
    });
}

void LibraryPage::exportFile()
{
    auto *dialog = new QFileDialog(this, tr("Export Messages"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->setNameFilters({tr("Message libraries (*.json)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        writeFile(
            path, [items = m_model.items()] { return models::libraryToJson(items); }, this,
            [this, path](const QString &problem) {
                m_note->say(problem.isEmpty() ? Meaning::Good : Meaning::Error,
                    problem.isEmpty() ? tr("exported to %1").arg(path) : tr("Not exported: %1").arg(problem));
            });
    });
    dialog->open();
}

void LibraryPage::search(const QString &text)
{
    m_filter->setFilterFixedString(text);
    if (!text.isEmpty())
        m_tree->expandAll();
}

void LibraryPage::setSendingEnabled(bool enabled)
{
    m_isSendingEnabled = enabled;
    updateActions();
}

void LibraryPage::updateActions()
{
    const auto index = current();
    const bool isMessage = index.isValid() && !m_model.isFolder(index);
    m_load->setEnabled(isMessage);
    m_send->setEnabled(isMessage && m_isSendingEnabled);
    m_rename->setEnabled(index.isValid());
    m_remove->setEnabled(index.isValid());
    m_putBack->setEnabled(m_model.canPutBack());
    m_hint->setVisible(m_model.count() == 0);
    m_saveAnyway->setVisible(m_isLocked && !m_path.isEmpty());
}

} // namespace weir::gui
