// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/columndialog.h"

#include "gui/filterproblem.h"
#include "ui_columndialog.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QPushButton>
#include <QStandardItemModel>

#include <algorithm>

namespace weir::gui {

using models::ColumnAlignment;
using models::ColumnKind;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostExampleCharacters = 40;

QString shortened(const std::string &example)
{
    const auto text = QString::fromStdString(example);
    return text.size() > mostExampleCharacters ? text.left(mostExampleCharacters) + u'…' : text;
}

} // namespace

QString completePath(const QString &text)
{
    const auto path = text.trimmed();
    static const auto root = u"data"_s;
    if (path == root || path.startsWith(u"data."_s) || path.startsWith(u"data["_s) || path.isEmpty())
        return path;
    if (path.startsWith(u'$'))
        return root + path.mid(1);
    return path.startsWith(u'.') || path.startsWith(u'[') ? root + path : root + u'.' + path;
}

ColumnDialog::ColumnDialog(const models::Column &column, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ColumnDialog>())
    , m_column(column)
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    const bool isJson = column.kind == ColumnKind::Json;
    const bool isNew = isJson && column.path.steps().empty();
    setWindowTitle(isNew ? tr("Add Column") : tr("Column %1").arg(models::columnTitle(column)));
    m_ui->form->setRowVisible(m_ui->pathEdit, isJson);
    m_ui->pathNote->setVisible(isJson);
    m_ui->titleEdit->setText(column.title);
    m_ui->alignmentBox->setCurrentIndex(static_cast<int>(column.alignment));
    if (isJson && !isNew)
        m_ui->pathEdit->setText(QString::fromStdString(column.path.text()));
    connect(m_ui->pathEdit, &QLineEdit::textChanged, this, &ColumnDialog::checkPath);
    checkPath();
}

ColumnDialog::~ColumnDialog() = default;

void ColumnDialog::offer(const std::vector<filter::SeenPath> &paths)
{
    m_seen = paths;
    auto *completer = new QCompleter(this);
    auto *list = new QStandardItemModel(completer);
    for (const auto &seen : paths) {
        const auto path = QString::fromStdString(seen.path.text());
        auto *item = new QStandardItem(seen.examples.empty() ? path : path + u"   "_s + shortened(seen.examples[0]));
        item->setData(path, Qt::UserRole);
        list->appendRow(item);
    }
    completer->setModel(list);
    completer->setCompletionRole(Qt::UserRole);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_ui->pathEdit->setCompleter(completer);
    checkPath();
}

QString ColumnDialog::exampleOf(const filter::JsonPath &path) const
{
    const auto found = std::ranges::find(m_seen, path, &filter::SeenPath::path);
    return found == m_seen.end() || found->examples.empty() ? QString() : shortened(found->examples[0]);
}

void ColumnDialog::checkPath()
{
    auto *ok = m_ui->buttons->button(QDialogButtonBox::Ok);
    if (m_column.kind != ColumnKind::Json)
        return m_ui->titleEdit->setPlaceholderText(models::columnTitle(models::Column{m_column.kind}));
    const auto text = completePath(m_ui->pathEdit->text());
    auto path = filter::JsonPath::compile(text.toStdString());
    ok->setEnabled(path && !path->steps().empty());
    if (!path)
        return m_ui->pathNote->say(Meaning::Error, problemText(path.error(), text));
    if (path->steps().empty())
        return m_ui->pathNote->say(Meaning::Secondary, tr("The path of a value, as filters have it: data.price"));
    setPath(std::move(*path));
}

void ColumnDialog::setPath(filter::JsonPath path)
{
    m_column.path = std::move(path);
    m_ui->titleEdit->setPlaceholderText(models::columnTitle(models::jsonColumn(m_column.path)));
    const auto example = exampleOf(m_column.path);
    if (!example.isEmpty())
        m_ui->pathNote->say(Meaning::Good, tr("For example %1").arg(example));
    else if (m_seen.empty())
        m_ui->pathNote->hush();
    else
        m_ui->pathNote->say(Meaning::Secondary, tr("Not seen in the events that were looked at"));
}

void ColumnDialog::accept()
{
    if (!m_ui->buttons->button(QDialogButtonBox::Ok)->isEnabled())
        return;
    m_column.title = m_ui->titleEdit->text().simplified();
    m_column.alignment = ColumnAlignment{static_cast<std::uint8_t>(m_ui->alignmentBox->currentIndex())};
    Q_EMIT confirmed(m_column);
    QDialog::accept();
}

} // namespace weir::gui
