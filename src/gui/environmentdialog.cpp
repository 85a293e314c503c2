// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/environmentdialog.h"

#include "ui_environmentdialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QStyledItemDelegate>

#include <algorithm>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;
using profile::Environment;
using profile::Variable;

namespace {

enum VariableColumn { NameColumn, ValueColumn, SecretColumn };

/// Dots in the place of a secret, also while it is typed.
class ValueDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        auto *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (auto *edit = qobject_cast<QLineEdit *>(editor); edit && isSecret(index))
            edit->setEchoMode(QLineEdit::Password);
        return editor;
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (isSecret(index) && !option->text.isEmpty())
            option->text = QString(8, u'•'); // as many whatever it is: its length is nobody's business
    }

private:
    static bool isSecret(const QModelIndex &index)
    {
        return index.siblingAtColumn(SecretColumn).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    }
};

} // namespace

EnvironmentDialog::EnvironmentDialog(const QList<Environment> &environments, const QString &active, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::EnvironmentDialog>())
    , m_environments(environments)
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->note->hide();
    m_ui->variableTable->setItemDelegateForColumn(ValueColumn, new ValueDelegate(this));
    m_ui->variableTable->horizontalHeader()->setSectionResizeMode(ValueColumn, QHeaderView::Stretch);
    m_ui->variableTable->setColumnWidth(NameColumn, fontMetrics().averageCharWidth() * 20);
    for (const auto &environment : m_environments)
        m_ui->environmentBox->addItem(environment.name);
    const auto found = std::ranges::find(m_environments, active, &Environment::name);
    if (found != m_environments.end())
        m_ui->environmentBox->setCurrentIndex(static_cast<int>(found - m_environments.begin()));
    connectParts();
    if (m_environments.isEmpty())
        addEnvironment();
    else
        showEnvironment();
}

EnvironmentDialog::~EnvironmentDialog() = default;

void EnvironmentDialog::connectParts()
{
    connect(m_ui->environmentBox, &QComboBox::currentIndexChanged, this, [this] {
        takeTable();
        showEnvironment();
    });
    connect(m_ui->environmentBox, &QComboBox::editTextChanged, this, &EnvironmentDialog::renameEnvironment);
    connect(m_ui->addEnvironmentButton, &QPushButton::clicked, this, &EnvironmentDialog::addEnvironment);
    connect(m_ui->removeEnvironmentButton, &QPushButton::clicked, this, &EnvironmentDialog::removeEnvironment);
    connect(m_ui->addVariableButton, &QPushButton::clicked, this, &EnvironmentDialog::addVariable);
    connect(m_ui->removeVariableButton, &QPushButton::clicked, this, &EnvironmentDialog::removeVariable);
    connect(m_ui->variableTable, &QTableWidget::itemChanged, m_ui->note, &InlineNote::hush);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &EnvironmentDialog::accept);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &EnvironmentDialog::reject);
}

void EnvironmentDialog::showEnvironment()
{
    m_current = m_ui->environmentBox->currentIndex();
    m_ui->variableTable->setRowCount(0);
    const bool hasOne = m_current >= 0;
    for (auto *part : std::initializer_list<QWidget *>{
             m_ui->removeEnvironmentButton, m_ui->addVariableButton, m_ui->removeVariableButton, m_ui->variableTable})
        part->setEnabled(hasOne);
    if (!hasOne)
        return;
    const auto &variables = m_environments[m_current].variables;
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        addRow(variable.key(), *variable);
}

void EnvironmentDialog::addRow(const QString &name, const Variable &variable)
{
    auto *table = m_ui->variableTable;
    const int row = table->rowCount();
    table->insertRow(row);
    auto *secret = new QTableWidgetItem;
    secret->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    secret->setCheckState(variable.isSecret ? Qt::Checked : Qt::Unchecked);
    table->setItem(row, SecretColumn, secret);
    table->setItem(row, NameColumn, new QTableWidgetItem(name));
    table->setItem(row, ValueColumn, new QTableWidgetItem(variable.value));
}

void EnvironmentDialog::takeTable()
{
    if (m_current < 0 || m_current >= m_environments.size())
        return;
    auto &variables = m_environments[m_current].variables;
    variables.clear();
    const auto *table = m_ui->variableTable;
    for (int row = 0; row < table->rowCount(); ++row) {
        const auto name = table->item(row, NameColumn)->text().trimmed();
        if (!name.isEmpty())
            variables.insert(name,
                {table->item(row, ValueColumn)->text(), table->item(row, SecretColumn)->checkState() == Qt::Checked});
    }
}

void EnvironmentDialog::addEnvironment()
{
    takeTable();
    auto name = tr("environment");
    for (int number = 2; std::ranges::find(m_environments, name, &Environment::name) != m_environments.end(); ++number)
        name = tr("environment %1").arg(number);
    m_environments.append({name, {}});
    m_current = -1; // the table has been taken
    m_ui->environmentBox->addItem(name);
    m_ui->environmentBox->setCurrentIndex(m_ui->environmentBox->count() - 1);
    showEnvironment();
}

void EnvironmentDialog::removeEnvironment()
{
    if (m_current < 0)
        return;
    m_environments.removeAt(m_current);
    const auto gone = static_cast<int>(std::exchange(m_current, -1));
    m_ui->environmentBox->removeItem(gone);
    showEnvironment();
}

void EnvironmentDialog::renameEnvironment(const QString &name)
{
    // Choosing another one changes the text too, and the index first.
    const int index = m_ui->environmentBox->currentIndex();
    if (index < 0 || index != m_current || m_ui->environmentBox->itemText(index) == name)
        return;
    m_environments[index].name = name;
    m_ui->environmentBox->setItemText(index, name);
}

void EnvironmentDialog::addVariable()
{
    addRow({}, {});
    auto *table = m_ui->variableTable;
    auto *item = table->item(table->rowCount() - 1, NameColumn);
    table->setCurrentItem(item);
    table->editItem(item);
}

void EnvironmentDialog::removeVariable()
{
    m_ui->variableTable->removeRow(m_ui->variableTable->currentRow());
}

QString EnvironmentDialog::problem()
{
    QStringList names;
    for (const auto &environment : std::as_const(m_environments)) {
        if (environment.name.trimmed().isEmpty())
            return tr("An environment has no name.");
        if (names.contains(environment.name))
            return tr("There are two environments of the name %1.").arg(environment.name);
        names << environment.name;
        for (const auto &name : environment.variables.keys())
            if (!profile::isVariableName(name))
                return tr("The variable “%1”: a name may hold only letters, digits and _ - .").arg(name);
    }
    return {};
}

void EnvironmentDialog::accept()
{
    takeTable();
    if (const auto found = problem(); !found.isEmpty())
        return m_ui->note->say(Meaning::Error, found);
    const auto active = m_current >= 0 ? m_environments[m_current].name : QString();
    QDialog::accept();
    Q_EMIT confirmed(m_environments, active);
}

} // namespace weir::gui
