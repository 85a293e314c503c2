// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/notedialog.h"

#include "gui/inlinenote.h"
#include "models/eventformat.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;

NoteDialog::NoteDialog(const models::AnnotatedEvent &event, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QPlainTextEdit(event.annotation.note))
    , m_hint(new InlineNote)
{
    setObjectName(u"noteDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Note on Event %1").arg(models::formatCount(event.number.value)));
    m_edit->setObjectName(u"noteEdit"_s);
    m_edit->setAccessibleName(tr("Note"));
    m_edit->setPlaceholderText(tr("Empty: no note"));
    m_edit->setTabChangesFocus(true);
    m_edit->installEventFilter(this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT noted(m_edit->toPlainText().trimmed()); });
    connect(m_edit, &QPlainTextEdit::textChanged, this, &NoteDialog::check);
    m_save = buttons->button(QDialogButtonBox::Save);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_edit);
    layout->addWidget(m_hint);
    layout->addWidget(buttons);
    m_edit->selectAll();
    check();
    resize(fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 12);
}

bool NoteDialog::isTooLong() const
{
    return m_edit->document()->characterCount() - 1 > models::Annotations::longestNote;
}

void NoteDialog::check()
{
    m_save->setEnabled(!isTooLong());
    if (isTooLong())
        m_hint->say(Meaning::Error, tr("A note has at most %1 characters.").arg(models::Annotations::longestNote));
    else
        m_hint->say(Meaning::Secondary, tr("Ctrl+Return saves. The note is shown at its row and in the panel Marks."));
}

bool NoteDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && key->modifiers().testFlag(Qt::ControlModifier)) {
            m_save->click();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace weir::gui
