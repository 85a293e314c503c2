// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of the client test shows and saves of its results.
#include "gui/clienttestpane.h"
#include "gui/filetask.h"
#include "gui/theme.h"
#include "models/clienttestmodel.h"
#include "ui_clienttestpane.h"

#include <QDir>
#include <QFileDialog>

namespace weir::gui {

using namespace Qt::StringLiterals;

void ClientTestPane::showEvidence()
{
    const auto rows = m_ui->caseView->selectionModel()->selectedRows();
    m_ui->evidenceView->setFont(rows.isEmpty() ? font() : fixedFont());
    if (rows.isEmpty()) {
        m_ui->evidenceView->setPlainText(
            tr("Weir answers your client in many ways, right and wrong ones, and judges by the HTML Standard what it "
               "does. What the client understands is seen in the Last-Event-ID with which it comes back.\n\n"
               "Select a case to see its rule and what was seen."));
        return;
    }
    const auto *definition = publish::ClientTest::find(m_model->nameAt(rows.first().row()));
    const auto *result = m_model->resultAt(rows.first().row());
    QString text = definition->checks + u".\n"_s + tr("Rule: %1").arg(definition->rule) + u'\n' +
                   tr("Name: %1").arg(definition->name) + u'\n';
    if (result) {
        text += tr("Verdict: %1. %2").arg(publish::word(result->judgement.verdict), result->judgement.reason) +
                u"\n\n"_s + publish::evidenceText(*result);
        if (!result->programOutput.isEmpty())
            text += u'\n' + tr("The program printed:") + u'\n' + result->programOutput;
    }
    m_ui->evidenceView->setPlainText(text);
}

publish::ClientTestReport ClientTestPane::report() const
{
    return {m_time, m_command, m_model->results()};
}

void ClientTestPane::saveReport(bool asJson)
{
    auto *dialog = new QFileDialog(this, tr("Save Report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilter(asJson ? tr("JSON (*.json)") : tr("Text (*.txt)"));
    dialog->setDefaultSuffix(asJson ? u"json"_s : u"txt"_s);
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, asJson](const QString &path) { writeReport(path, asJson); });
    dialog->open();
}

void ClientTestPane::writeReport(const QString &path, bool asJson)
{
    writeFile(
        path, [found = report(), asJson] { return asJson ? found.toJson() : found.toText().toUtf8(); }, this,
        [this, path](const QString &problem) {
            if (problem.isEmpty())
                m_ui->taskNote->say(Meaning::Good, tr("Saved to %1").arg(QDir::toNativeSeparators(path)));
            else
                m_ui->taskNote->say(Meaning::Error, tr("The file cannot be written: %1").arg(problem));
        });
}

} // namespace weir::gui
