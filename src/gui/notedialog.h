// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/annotations.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;

namespace weir::gui {

class InlineNote;

/// Asks for the note on an event; deletes itself when closed. To be shown with open(). GUI thread only.
class NoteDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NoteDialog(const models::AnnotatedEvent &event, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The user accepted; empty: there is to be no note.
    void noted(const QString &note);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void check();
    bool isTooLong() const;

    QPlainTextEdit *m_edit;
    InlineNote *m_hint;
    QPushButton *m_save;
};

} // namespace weir::gui
