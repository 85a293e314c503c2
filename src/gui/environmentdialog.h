// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/profile.h"

#include <QDialog>

#include <memory>

namespace weir::gui {

namespace Ui {
class EnvironmentDialog;
}

/// Edits environments and their variables; the values of secret ones are shown as dots. Opened over the window, never
/// waited for. GUI thread only.
class EnvironmentDialog : public QDialog
{
    Q_OBJECT

public:
    EnvironmentDialog(const QList<profile::Environment> &environments, const QString &active, QWidget *parent);
    ~EnvironmentDialog() override;

    void accept() override; ///< refused, with the place, while a name is wrong

Q_SIGNALS:
    void confirmed(const QList<weir::profile::Environment> &environments, const QString &active);

private:
    void connectParts();
    void showEnvironment();
    void takeTable();
    void addEnvironment();
    void removeEnvironment();
    void renameEnvironment(const QString &name);
    void addRow(const QString &name, const profile::Variable &variable);
    void addVariable();
    void removeVariable();
    QString problem();

    std::unique_ptr<Ui::EnvironmentDialog> m_ui;
    QList<profile::Environment> m_environments;
    qsizetype m_current = -1;
};

} // namespace weir::gui
