// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/decodedvalue.h"

#include "gui/theme.h"
#include "models/eventformat.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextCursor>
#include <QToolButton>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// Of one form: a long line is laid out as a whole, and more than that nobody reads here.
constexpr qsizetype mostShownCharacters = 20'000;

} // namespace

DecodedValue::DecodedValue(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Decoded"), this))
    , m_text(new QPlainTextEdit(this))
    , m_decoding(this, [this](const std::vector<models::DecodedForm> &forms) { show(forms); })
{
    m_text->setObjectName(u"decodedText"_s);
    m_text->setAccessibleName(tr("The value in other forms"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(fixedFont());
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *close = new QToolButton(this);
    close->setIcon(icon(u"close"_s));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close the decoded value"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(6, 2, 2, 2);
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_text, 1);
    connect(close, &QToolButton::clicked, this, &DecodedValue::closeRequested);
}

DecodedValue::~DecodedValue() = default;

void DecodedValue::setValue(const QByteArray &value)
{
    m_value = value;
    m_decoding.start([value](const auto &) { return models::decodeValue(value); });
}

void DecodedValue::show(const std::vector<models::DecodedForm> &forms)
{
    m_text->clear();
    m_title->setText(m_value.isEmpty()
                         ? tr("Decoded")
                         : tr("Decoded: a value of %1 bytes").arg(models::formatCount(quint64(m_value.size()))));
    if (m_value.isEmpty())
        return say(tr("Select a value or some text."));
    if (m_value.size() > models::mostDecodedBytes)
        return say(tr("Values of more than %1 are not decoded. Select a part of it.")
                       .arg(models::formatBytes(models::mostDecodedBytes)));
    if (forms.empty())
        return say(tr("Nothing to decode: this is no base64, JWT, URL-encoded text, Unix time or JSON in a string."));
    for (const auto &form : forms)
        add(form);
    m_text->moveCursor(QTextCursor::Start);
}

void DecodedValue::add(const models::DecodedForm &form)
{
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    QTextCharFormat heading;
    heading.setForeground(colour(Meaning::Accent, palette()));
    heading.setFont(QWidget::font());
    if (cursor.position() > 0)
        cursor.insertText(u"\n\n"_s, QTextCharFormat());
    cursor.insertText(form.title, heading);
    if (!form.problem.isEmpty()) {
        QTextCharFormat warning;
        warning.setForeground(colour(Meaning::Warning, palette()));
        cursor.insertText(u"\n⚠ "_s + form.problem, warning);
    }
    if (!form.text.isEmpty())
        cursor.insertText(u'\n' + form.text.left(mostShownCharacters), QTextCharFormat());
    if (form.text.size() > mostShownCharacters)
        cursor.insertText(u'\n' + tr("The first %1 of %2 characters are shown.")
                                      .arg(models::formatCount(mostShownCharacters),
                                          models::formatCount(static_cast<quint64>(form.text.size()))),
            heading);
}

void DecodedValue::say(const QString &text)
{
    QTextCursor cursor(m_text->document());
    QTextCharFormat remark;
    remark.setForeground(colour(Meaning::Secondary, palette()));
    remark.setFont(QWidget::font());
    cursor.insertText(text, remark);
}

} // namespace weir::gui
