// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/colourrulefile.h"
#include "models/colourrules.h"

#include <QDialog>

#include <memory>

namespace weir::gui {

namespace Ui {
class ColourRulesDialog;
}

/// Edits the colour rules: their order, what they match, their colours, and files of them. What is edited holds in the
/// tables with Apply or OK. To be shown with open(); deletes itself when closed. GUI thread only.
class ColourRulesDialog : public QDialog
{
    Q_OBJECT

public:
    /// Keeps a reference: `rules` must outlive this.
    explicit ColourRulesDialog(models::ColourRules &rules, QWidget *parent = nullptr);
    ~ColourRulesDialog() override;

    /// Adds the rules of the file; says what of it is not understood.
    void importFile(const QString &path);
    void exportFile(const QString &path);

Q_SIGNALS:
    /// The rules are in force and are to be kept.
    void applied(const QList<weir::models::ColourRule> &rules);

protected:
    void changeEvent(QEvent *event) override;

private:
    void connectList();
    void connectFields();
    void connectFiles();
    void apply();
    void add(const QList<models::ColourRule> &rules);
    void remove();
    void move(int by);
    void fillList();
    void showItem(int row);
    void showRule(int row);
    void showValidity();
    void takeFields();
    void updateButtons();
    void takeImport(const models::ReadColourRules &read);
    int current() const;

    std::unique_ptr<Ui::ColourRulesDialog> m_ui;
    models::ColourRules &m_target;
    QList<models::ColourRule> m_rules;
    bool m_isFilling = false;
};

} // namespace weir::gui
