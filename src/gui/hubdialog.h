// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/hubbook.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace weir::gui {

class InlineNote;
class SecretEdit;

/// Edits one hub. What is wrong is said while typing, and then cannot be confirmed. Opened over the window, never
/// waited for. GUI thread only.
class HubDialog : public QDialog
{
    Q_OBJECT

public:
    /// `hub` with its token. `canKeep`: whether to offer the key store.
    HubDialog(const NamedHub &hub, bool canKeep, QWidget *parent);

Q_SIGNALS:
    /// The hub without the token.
    void confirmed(const weir::gui::NamedHub &hub, const QByteArray &token, bool keepsToken);

private:
    void build(bool canKeep);
    void show(const NamedHub &hub);
    NamedHub hub() const; ///< with the token
    void check();
    void confirm();

    QFormLayout *m_form;
    QLineEdit *m_name;
    QComboBox *m_kind;
    QLineEdit *m_url;
    QLabel *m_topicsLabel;
    QPlainTextEdit *m_topics;
    QCheckBox *m_private;
    SecretEdit *m_token;
    QCheckBox *m_keep;
    InlineNote *m_note;
    QPushButton *m_ok = nullptr;
};

} // namespace weir::gui
