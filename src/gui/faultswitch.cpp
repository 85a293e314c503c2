// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultswitch.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::FaultParameter;

namespace {

QVariant valueOf(const QWidget *editor)
{
    if (const auto *number = qobject_cast<const QSpinBox *>(editor))
        return number->value();
    if (const auto *choice = qobject_cast<const QComboBox *>(editor))
        return choice->currentText();
    return qobject_cast<const QLineEdit *>(editor)->text();
}

void setValue(QWidget *editor, const QVariant &value)
{
    if (auto *number = qobject_cast<QSpinBox *>(editor))
        number->setValue(value.toInt());
    else if (auto *choice = qobject_cast<QComboBox *>(editor))
        choice->setCurrentText(value.toString());
    else
        qobject_cast<QLineEdit *>(editor)->setText(value.toString());
}

} // namespace

FaultSwitch::FaultSwitch(const publish::FaultInfo &info, QWidget *parent)
    : QWidget(parent)
    , m_info(info)
    , m_box(new QCheckBox(info.shownTitle()))
    , m_details(new QWidget)
    , m_form(new QFormLayout)
    , m_explanation(new QLabel)
{
    m_box->setObjectName(QString::fromLatin1(info.name) + u"Box"_s);
    m_box->setToolTip(info.shownEffect());
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setWordWrap(true);
    m_explanation->setText(tr("%1\nA correct client: %2").arg(info.shownEffect(), info.shownAnswer()));
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    for (const FaultParameter &parameter : info.parameters)
        addParameter(parameter);
    auto *details = new QVBoxLayout(m_details);
    const int indent =
        style()->pixelMetric(QStyle::PM_IndicatorWidth) + style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing);
    details->setContentsMargins(indent, 0, 0, 6);
    details->addLayout(m_form);
    details->addWidget(m_explanation);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_box);
    layout->addWidget(m_details);
    connect(m_box, &QCheckBox::toggled, this, &FaultSwitch::updateParts);
    connect(m_box, &QCheckBox::toggled, this, &FaultSwitch::changed);
    updateParts();
}

void FaultSwitch::addParameter(const FaultParameter &parameter)
{
    QWidget *editor = editorFor(parameter);
    editor->setObjectName(QString::fromLatin1(m_info.name) + u'_' + QString::fromLatin1(parameter.name));
    editor->setAccessibleName(tr("%1: %2").arg(m_info.shownTitle(), parameter.shownLabel()));
    m_editors.push_back(editor);
    m_form->addRow(tr("%1:").arg(parameter.shownLabel()), editor);
}

QWidget *FaultSwitch::editorFor(const FaultParameter &parameter)
{
    if (parameter.kind == FaultParameter::Kind::Number) {
        auto *number = new QSpinBox;
        number->setRange(static_cast<int>(parameter.least),
            static_cast<int>(std::min<qint64>(parameter.most, std::numeric_limits<int>::max())));
        number->setValue(static_cast<int>(parameter.standard));
        if (const QString unit = parameter.shownUnit(); !unit.isEmpty())
            number->setSuffix(u' ' + unit);
        number->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(number, &QSpinBox::valueChanged, this, &FaultSwitch::changed);
        return number;
    }
    if (parameter.kind == FaultParameter::Kind::Choice) {
        auto *choice = new QComboBox;
        choice->addItems(parameter.choiceNames());
        choice->setCurrentText(QString::fromLatin1(parameter.text));
        connect(choice, &QComboBox::currentTextChanged, this, &FaultSwitch::changed);
        return choice;
    }
    auto *text = new QLineEdit(QString::fromLatin1(parameter.text));
    connect(text, &QLineEdit::textChanged, this, &FaultSwitch::changed);
    return text;
}

bool FaultSwitch::isOn() const
{
    return m_box->isChecked();
}

QVariantMap FaultSwitch::parameters() const
{
    QVariantMap values;
    for (std::size_t i = 0; i < m_editors.size(); ++i)
        values.insert(QString::fromLatin1(m_info.parameters[i].name), valueOf(m_editors[i]));
    return values;
}

void FaultSwitch::set(const QVariantMap *parameters)
{
    const QSignalBlocker blocker(this);
    for (std::size_t i = 0; parameters && i < m_editors.size(); ++i)
        setValue(m_editors[i], parameters->value(QString::fromLatin1(m_info.parameters[i].name)));
    m_box->setChecked(parameters != nullptr);
    updateParts();
}

void FaultSwitch::updateParts()
{
    m_details->setVisible(m_box->isChecked());
}

} // namespace weir::gui
