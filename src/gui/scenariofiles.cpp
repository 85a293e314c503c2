// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filetask.h"
#include "gui/scenarioeditor.h"
#include "gui/scenariospage.h"
#include "publish/scenariojson.h"

#include <QFileDialog>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QFileDialog *fileDialog(QWidget *parent, const QString &title, QFileDialog::AcceptMode mode)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setNameFilters({ScenariosPage::tr("Scenarios (*.json)"), ScenariosPage::tr("All files (*)")});
    dialog->setDefaultSuffix(u"json"_s);
    return dialog;
}

} // namespace

void ScenariosPage::create()
{
    publish::Scenario scenario;
    scenario.name = tr("New scenario");
    scenario.steps = {{publish::StepKind::Send, {{u"data"_s, u"{{seq}}"_s}}, {}}};
    const QString key = m_library.add(publish::toJson(scenario));
    selectKey(key);
    openEditor(key);
}

void ScenariosPage::edit()
{
    const auto *entry = current();
    if (!entry)
        return;
    if (entry->isPreset)
        duplicate();
    openEditor(current()->key);
}

void ScenariosPage::duplicate()
{
    const auto *entry = current();
    if (!entry)
        return;
    QByteArray json = entry->json;
    if (entry->scenario) {
        publish::Scenario copy = *entry->scenario;
        copy.name = tr("%1 (copy)").arg(copy.name);
        json = publish::toJson(copy);
    }
    selectKey(m_library.add(json));
}

void ScenariosPage::openEditor(const QString &key)
{
    QPointer<ScenarioEditor> &editor = m_editors[key];
    if (!editor) {
        editor = new ScenarioEditor(m_library.find(key)->json, this);
        editor->setAttribute(Qt::WA_DeleteOnClose);
        connect(
            editor, &ScenarioEditor::changed, this, [this, key](const QByteArray &json) { m_library.save(key, json); });
    }
    editor->show();
    editor->raise();
    editor->activateWindow();
}

void ScenariosPage::importFile()
{
    auto *dialog = fileDialog(this, tr("Import scenario"), QFileDialog::AcceptOpen);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        readFile(path, this, [this, path](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
            if (!problem.isEmpty())
                return [this, path, problem] { Q_EMIT remark(tr("%1 could not be read: %2").arg(path, problem)); };
            return [this, bytes] { selectKey(m_library.add(bytes)); };
        });
    });
    dialog->open();
}

void ScenariosPage::exportFile()
{
    const auto *entry = current();
    if (!entry)
        return;
    auto *dialog = fileDialog(this, tr("Export scenario"), QFileDialog::AcceptSave);
    dialog->selectFile(entry->isPreset ? entry->key + u".json"_s : entry->key);
    connect(dialog, &QFileDialog::fileSelected, this, [this, json = entry->json](const QString &path) {
        writeFile(
            path, [json] { return json; }, this,
            [this, path](const QString &problem) {
                Q_EMIT remark(
                    problem.isEmpty() ? tr("Saved %1").arg(path) : tr("%1 could not be saved: %2").arg(path, problem));
            });
    });
    dialog->open();
}

void ScenariosPage::removeCurrent()
{
    const auto *entry = current();
    if (!entry || entry->isPreset)
        return;
    const QString key = entry->key;
    if (const auto editor = m_editors.find(key); editor != m_editors.end()) {
        if (editor->second)
            editor->second->disconnect(this);
        delete editor->second;
        m_editors.erase(editor);
    }
    m_library.remove(key);
    updateActions();
}

} // namespace weir::gui
