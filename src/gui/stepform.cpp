// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/stepform.h"

#include "gui/faultswitches.h"
#include "gui/inlinenote.h"
#include "gui/numberbox.h"
#include "gui/theme.h"
#include "publish/rawtext.h"

#include <QComboBox>
#include <QFormLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::Step;
using publish::StepField;

namespace {

constexpr int textLines = 5;

QPlainTextEdit *textEdit()
{
    auto *edit = new QPlainTextEdit;
    edit->setFont(fixedFont());
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(textLines * edit->fontMetrics().lineSpacing() + 2 * edit->frameWidth() + 8);
    edit->setPlaceholderText({});
    return edit;
}

void showText(QPlainTextEdit *edit, const QString &text)
{
    if (edit->toPlainText() != text)
        edit->setPlainText(text);
}

QString rawText(const QByteArray &bytes)
{
    return QString::fromStdString(publish::rawTextOf({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
}

} // namespace

StepForm::StepForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
    , m_note(new InlineNote(this))
{
    m_layout->setContentsMargins(8, 0, 0, 0);
    m_layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_layout->addRow(m_note);
    m_note->hush();
}

void StepForm::clear()
{
    removeRows();
    m_kind.reset();
    m_note->hush();
}

void StepForm::removeRows()
{
    while (m_layout->rowCount() > 1)
        m_layout->removeRow(0);
    m_rows.clear();
}

void StepForm::setStep(const Step &step)
{
    m_isShowing = true;
    if (m_kind != step.kind)
        build(step.kind);
    for (const Row &row : m_rows)
        row.show(step);
    updateRows(step);
    m_isShowing = false;
}

void StepForm::build(publish::StepKind kind)
{
    removeRows();
    m_kind = kind;
    for (const StepField &field : publish::formOf(kind).fields)
        addRow(field);
}

void StepForm::addRow(const StepField &field)
{
    using Type = StepField::Type;
    Row row{&field, nullptr, {}, new InlineNote};
    switch (field.type) {
    case Type::Line:
        row.editor = createLine(row);
        break;
    case Type::Text:
        row.editor = createText(row);
        break;
    case Type::Bytes:
        row.editor = createBytes(row);
        break;
    case Type::Faults:
        row.editor = createFaults(row);
        break;
    case Type::Choice:
        row.editor = createChoice(row);
        break;
    case Type::Whole:
    case Type::Number:
    case Type::Milliseconds:
        row.editor = createNumber(row);
        break;
    }
    row.editor->setObjectName(QString::fromLatin1(field.key));
    row.editor->setToolTip(hint(field));
    row.editor->setAccessibleName(label(field));
    row.note->hush();
    // What is made of many parts needs the width.
    if (field.type == Type::Faults)
        m_layout->insertRow(m_layout->rowCount() - 1, row.editor);
    else
        m_layout->insertRow(m_layout->rowCount() - 1, label(field), row.editor);
    m_layout->insertRow(m_layout->rowCount() - 1, row.note);
    m_rows.push_back(std::move(row));
}

void StepForm::emitEdited(const StepField &field, const QJsonValue &value)
{
    if (!m_isShowing)
        Q_EMIT edited(QString::fromLatin1(field.key), value);
}

QWidget *StepForm::createLine(Row &row)
{
    auto *edit = new QLineEdit;
    const StepField &field = *row.field;
    edit->setPlaceholderText(hint(field));
    connect(edit, &QLineEdit::textEdited, this, [this, &field](const QString &text) { emitEdited(field, text); });
    row.show = [edit, &field](const Step &step) {
        const QString text = textOf(step, field.key);
        if (edit->text() != text)
            edit->setText(text);
    };
    return edit;
}

QWidget *StepForm::createText(Row &row)
{
    auto *edit = textEdit();
    const StepField &field = *row.field;
    connect(edit, &QPlainTextEdit::textChanged, this, [this, edit, &field] { emitEdited(field, edit->toPlainText()); });
    row.show = [edit, &field](const Step &step) { showText(edit, textOf(step, field.key)); };
    return edit;
}

QWidget *StepForm::createBytes(Row &row)
{
    auto *edit = textEdit();
    const StepField &field = *row.field;
    connect(edit, &QPlainTextEdit::textChanged, this, [this, edit, &field] {
        if (m_isShowing)
            return;
        const auto bytes = publish::bytesOf(edit->toPlainText().toStdString());
        for (const Row &one : m_rows) {
            if (one.field == &field)
                one.note->say(Meaning::Error, bytes ? QString() : bytes.error().text());
        }
        if (bytes)
            emitEdited(field, publish::jsonBytes(QByteArray::fromStdString(*bytes)));
    });
    row.show = [edit, &field](const Step &step) {
        const QByteArray bytes = bytesOf(step, field.key);
        const auto shown = publish::bytesOf(edit->toPlainText().toStdString());
        if (!shown || QByteArray::fromStdString(*shown) != bytes)
            edit->setPlainText(rawText(bytes));
    };
    return edit;
}

QWidget *StepForm::createFaults(Row &row)
{
    auto *switches = new FaultSwitches;
    const StepField &field = *row.field;
    connect(switches, &FaultSwitches::changed, this, [this, switches, &field] {
        QString error;
        const auto plan = switches->plan(&error);
        for (const Row &one : m_rows) {
            if (one.field == &field)
                one.note->say(Meaning::Error, error);
        }
        if (plan)
            emitEdited(field, QJsonDocument::fromJson(plan->toJson()).object());
    });
    row.show = [switches, &field](const Step &step) {
        QString error;
        const QJsonObject object = step.values.value(QLatin1String(field.key)).toObject();
        const auto plan = publish::FaultPlan::fromJson(QJsonDocument(object).toJson(), &error);
        if (plan && plan != switches->plan(&error))
            switches->setPlan(*plan);
    };
    return switches;
}

QWidget *StepForm::createNumber(Row &row)
{
    auto *box = new NumberBox;
    const StepField &field = *row.field;
    box->setDecimals(field.type == StepField::Type::Whole ? 0 : 3);
    box->setRange(field.least, field.most);
    // "0: no end" is what the field shows in place of a 0.
    if (const QString text = hint(field); field.least == 0 && text.startsWith(u"0: "_s))
        box->setSpecialValueText(text.mid(3));
    box->setSuffix(field.type == StepField::Type::Milliseconds ? tr(" ms") : QString());
    connect(box, &QDoubleSpinBox::valueChanged, this, [this, &field](double value) { emitEdited(field, value); });
    row.show = [box, &field](const Step &step) { box->setValue(numberOf(step, field.key)); };
    return box;
}

QWidget *StepForm::createChoice(Row &row)
{
    auto *box = new QComboBox;
    const StepField &field = *row.field;
    box->addItems(choicesOf(field));
    connect(box, &QComboBox::currentTextChanged, this,
        [this, &field](const QString &choice) { emitEdited(field, choice); });
    row.show = [box, &field](const Step &step) { box->setCurrentText(textOf(step, field.key)); };
    return box;
}

void StepForm::updateRows(const Step &step)
{
    const auto problem = problemOf(step);
    for (const Row &row : m_rows) {
        const bool isInForce = publish::isInForce(*row.field, step);
        m_layout->setRowVisible(row.editor, isInForce);
        const bool isWrong = problem && problem->key == QLatin1String(row.field->key);
        row.note->say(Meaning::Error, isInForce && isWrong ? problem->text : QString());
    }
    const bool isWhole = problem && problem->key.isEmpty();
    m_note->say(Meaning::Error, isWhole ? problem->text : QString());
}

} // namespace weir::gui
