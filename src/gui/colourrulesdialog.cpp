// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/colourrulesdialog.h"

#include "gui/filetask.h"
#include "gui/filterproblem.h"
#include "gui/rowcolours.h"
#include "gui/theme.h"
#include "ui_colourrulesdialog.h"

#include <QFileDialog>
#include <QPushButton>
#include <QScopedValueRollback>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::ColourRule;

namespace {

constexpr qsizetype mostProblemsShown = 4;

QString nameFilter()
{
    return ColourRulesDialog::tr("Colour rules (*.json)");
}

} // namespace

ColourRulesDialog::ColourRulesDialog(models::ColourRules &rules, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ColourRulesDialog>())
    , m_target(rules)
    , m_rules(rules.rules())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->moveUpButton->setIcon(icon(u"up"_s));
    m_ui->moveDownButton->setIcon(icon(u"down"_s));
    for (int colour = 1; colour <= models::ruleColourCount; ++colour)
        m_ui->colourBox->addItem(rowColourIcon(colour, palette()), rowColourName(colour));
    connectList();
    connectFields();
    connectFiles();
    fillList();
    m_ui->ruleList->setCurrentRow(m_rules.isEmpty() ? -1 : 0);
    showRule(current());
}

ColourRulesDialog::~ColourRulesDialog() = default;

void ColourRulesDialog::connectList()
{
    connect(m_ui->ruleList, &QListWidget::currentRowChanged, this, &ColourRulesDialog::showRule);
    connect(m_ui->ruleList, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        if (const int row = m_ui->ruleList->row(item); !m_isFilling && row >= 0)
            m_rules[row].isOn = item->checkState() == Qt::Checked;
    });
    connect(m_ui->addRuleButton, &QPushButton::clicked, this, [this] {
        add({{tr("New rule"), {}, 3, true}});
        m_ui->expressionEdit->setFocus();
    });
    connect(m_ui->removeRuleButton, &QPushButton::clicked, this, &ColourRulesDialog::remove);
    connect(m_ui->moveUpButton, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_ui->moveDownButton, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_ui->suggestButton, &QPushButton::clicked, this, [this] {
        auto suggested = models::suggestedColourRules();
        suggested.removeIf([this](const ColourRule &rule) {
            return std::ranges::any_of(
                m_rules, [&rule](const ColourRule &own) { return own.expression == rule.expression; });
        });
        add(suggested);
    });
}

void ColourRulesDialog::connectFields()
{
    connect(m_ui->nameEdit, &QLineEdit::textChanged, this, &ColourRulesDialog::takeFields);
    connect(m_ui->expressionEdit, &QLineEdit::textChanged, this, &ColourRulesDialog::takeFields);
    connect(m_ui->colourBox, &QComboBox::currentIndexChanged, this, &ColourRulesDialog::takeFields);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, &ColourRulesDialog::apply);
    connect(m_ui->buttonBox->button(QDialogButtonBox::Apply), &QPushButton::clicked, this, &ColourRulesDialog::apply);
}

void ColourRulesDialog::connectFiles()
{
    const auto dialogOf = [this](const QString &title, QFileDialog::AcceptMode mode) {
        auto *dialog = new QFileDialog(this, title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(mode);
        dialog->setFileMode(mode == QFileDialog::AcceptSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
        dialog->setNameFilters({nameFilter(), tr("All files (*)")});
        dialog->setDefaultSuffix(u"json"_s);
        dialog->open();
        return dialog;
    };
    connect(m_ui->importButton, &QPushButton::clicked, this, [this, dialogOf] {
        connect(dialogOf(tr("Import Colour Rules"), QFileDialog::AcceptOpen), &QFileDialog::fileSelected, this,
            &ColourRulesDialog::importFile);
    });
    connect(m_ui->exportButton, &QPushButton::clicked, this, [this, dialogOf] {
        connect(dialogOf(tr("Export Colour Rules"), QFileDialog::AcceptSave), &QFileDialog::fileSelected, this,
            &ColourRulesDialog::exportFile);
    });
}

int ColourRulesDialog::current() const
{
    return m_ui->ruleList->currentRow();
}

void ColourRulesDialog::fillList()
{
    const QScopedValueRollback guard(m_isFilling, true);
    while (m_ui->ruleList->count() > m_rules.size())
        delete m_ui->ruleList->takeItem(m_ui->ruleList->count() - 1);
    while (m_ui->ruleList->count() < m_rules.size())
        m_ui->ruleList->addItem(new QListWidgetItem);
    for (int row = 0; row < m_rules.size(); ++row)
        showItem(row);
    updateButtons();
}

void ColourRulesDialog::showItem(int row)
{
    const QScopedValueRollback guard(m_isFilling, true);
    const auto &rule = m_rules[row];
    const auto colours = rowColours(rule.colour, palette());
    const auto problem = problemOf(rule.expression);
    auto *item = m_ui->ruleList->item(row);
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setSizeHint({0, fontMetrics().height() + 6});
    item->setCheckState(rule.isOn ? Qt::Checked : Qt::Unchecked);
    item->setText(rule.name.isEmpty() ? rule.expression : rule.name);
    item->setBackground(colours.background);
    item->setForeground(colours.text);
    item->setIcon(problem.isEmpty() ? QIcon() : icon(u"warning"_s));
    item->setToolTip(problem.isEmpty() ? rule.expression : problem);
}

void ColourRulesDialog::showRule(int row)
{
    const QScopedValueRollback guard(m_isFilling, true);
    const ColourRule rule = row >= 0 ? m_rules[row] : ColourRule{};
    m_ui->nameEdit->setText(rule.name);
    m_ui->expressionEdit->setText(rule.expression);
    m_ui->colourBox->setCurrentIndex(rule.colour - 1);
    showValidity();
    updateButtons();
}

void ColourRulesDialog::showValidity()
{
    const auto problem = problemOf(m_ui->expressionEdit->text());
    if (!problem.isEmpty())
        m_ui->expressionNote->say(Meaning::Error, problem);
    else if (m_ui->expressionEdit->text().trimmed().isEmpty())
        m_ui->expressionNote->say(Meaning::Secondary, tr("Which events: a filter expression, as in the filter line."));
    else
        m_ui->expressionNote->say(Meaning::Good, tr("The expression is understood."));
}

void ColourRulesDialog::takeFields()
{
    const int row = current();
    if (m_isFilling || row < 0)
        return;
    auto &rule = m_rules[row];
    rule.name = m_ui->nameEdit->text();
    rule.expression = m_ui->expressionEdit->text();
    rule.colour = m_ui->colourBox->currentIndex() + 1;
    showItem(row);
    showValidity();
}

void ColourRulesDialog::updateButtons()
{
    const int row = current();
    const bool hasOne = row >= 0 && row < m_rules.size();
    for (auto *widget :
        std::initializer_list<QWidget *>{m_ui->removeRuleButton, m_ui->nameEdit, m_ui->expressionEdit, m_ui->colourBox})
        widget->setEnabled(hasOne);
    m_ui->addRuleButton->setEnabled(m_rules.size() < models::mostColourRules);
    m_ui->moveUpButton->setEnabled(hasOne && row > 0);
    m_ui->moveDownButton->setEnabled(hasOne && row + 1 < m_rules.size());
    m_ui->exportButton->setEnabled(!m_rules.isEmpty());
}

void ColourRulesDialog::add(const QList<ColourRule> &rules)
{
    const auto room = std::max<qsizetype>(0, models::mostColourRules - m_rules.size());
    if (rules.isEmpty() || room == 0)
        return;
    m_rules << rules.first(std::min(room, rules.size()));
    fillList();
    m_ui->ruleList->setCurrentRow(static_cast<int>(m_rules.size()) - 1);
}

void ColourRulesDialog::remove()
{
    const int row = current();
    if (row < 0)
        return;
    m_rules.removeAt(row);
    fillList();
    m_ui->ruleList->setCurrentRow(std::min(row, static_cast<int>(m_rules.size()) - 1));
    showRule(current());
}

void ColourRulesDialog::move(int by)
{
    const int row = current();
    m_rules.swapItemsAt(row, row + by);
    fillList();
    m_ui->ruleList->setCurrentRow(row + by);
}

void ColourRulesDialog::apply()
{
    m_target.setRules(m_rules);
    Q_EMIT applied(m_rules);
}

void ColourRulesDialog::importFile(const QString &path)
{
    readFile(path, this, [this](const QByteArray &bytes, const QString &problem) -> std::function<void()> {
        const auto read =
            problem.isEmpty() ? models::colourRulesFromJson(bytes) : models::ReadColourRules{{}, {problem}, false};
        return [this, read] { takeImport(read); };
    });
}

void ColourRulesDialog::takeImport(const models::ReadColourRules &read)
{
    const auto room = models::mostColourRules - m_rules.size();
    add(read.rules);
    QStringList lines{read.isReadable ? tr("Rules imported: %1.").arg(std::min(room, read.rules.size()))
                                      : tr("The file cannot be imported.")};
    lines << read.problems.first(std::min(mostProblemsShown, read.problems.size()));
    if (read.problems.size() > mostProblemsShown)
        lines << tr("Further problems: %1").arg(read.problems.size() - mostProblemsShown);
    if (read.rules.size() > room)
        lines << tr("There are at most %1 rules; the last ones were left out.").arg(models::mostColourRules);
    m_ui->fileNote->say(!read.isReadable          ? Meaning::Error
                        : read.problems.isEmpty() ? Meaning::Good
                                                  : Meaning::Warning,
        lines.join(u'\n'));
}

void ColourRulesDialog::exportFile(const QString &path)
{
    writeFile(
        path, [rules = m_rules] { return models::colourRulesToJson(rules); }, this,
        [this, path](const QString &problem) {
            if (problem.isEmpty())
                m_ui->fileNote->say(Meaning::Good, tr("Exported to %1").arg(QDir::toNativeSeparators(path)));
            else
                m_ui->fileNote->say(Meaning::Error, tr("The file cannot be written: %1").arg(problem));
        });
}

void ColourRulesDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_ui->ruleList->count() == m_rules.size())
        fillList();
}

} // namespace weir::gui
