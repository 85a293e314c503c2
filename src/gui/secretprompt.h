// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QMap>
#include <QStringList>

class QCheckBox;
class QLineEdit;

namespace weir::gui {

/// Asks for secrets by place, hidden as they are typed. Opened over the window, never waited for. GUI thread only.
class SecretPrompt : public QDialog
{
    Q_OBJECT

public:
    /// `canKeep`: whether to offer the key store.
    SecretPrompt(const QString &subscription, const QStringList &places, bool canKeep, QWidget *parent);

Q_SIGNALS:
    /// By place; those left empty too.
    void answered(const QMap<QString, QString> &values, bool isToBeKept);

private:
    void answer();

    QMap<QString, QLineEdit *> m_edits;
    QCheckBox *m_keep = nullptr;
};

} // namespace weir::gui
