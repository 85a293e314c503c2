// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace weir::gui {

/// A line for a password or token: dots, until the user asks to see it. GUI thread only.
class SecretEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent = nullptr);

private:
    void setRevealed(bool isRevealed);

    QAction *m_reveal;
};

} // namespace weir::gui
