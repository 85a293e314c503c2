// SPDX-License-Identifier: GPL-3.0-or-later
// The composer's fields: what is wrong with them, and which are shown.
#include "gui/composer.h"
#include "publish/eventtemplate.h"
#include "ui_composer.h"

#include <QAction>
#include <QFormLayout>
#include <QResizeEvent>
#include <QTextDocument>

namespace weir::gui {

namespace {

// A line of about this many characters takes the fields and the data side by side.
constexpr int wideCharacters = 90;
// In so many lines there is room for all fields one below the other.
constexpr int roomyLines = 28;

QString refusal(const sse::Message &message)
{
    const auto error = sse::check(message);
    if (!error)
        return {};
    const auto sentence = sse::text(*error);
    return QString::fromUtf8(sentence.data(), static_cast<qsizetype>(sentence.size()));
}

} // namespace

// Each field is checked in a message of its own, since the encoder names the first fault only.
void Composer::checkFields()
{
    const auto publication = fields();
    const auto &message = publication.message;
    const auto typeProblem = isRaw() ? QString() : typeFault(publication);
    const auto idProblem = isRaw() ? QString() : idFault(publication);
    const bool isRetryFaulty = !isRaw() && !m_ui->retryEdit->text().isEmpty() && !message.retry;

    m_ui->typeNote->say(Meaning::Error, typeProblem);
    if (message.id && message.id->empty())
        m_ui->idNote->say(Meaning::Secondary, tr("An empty ID resets the client."));
    else
        m_ui->idNote->say(Meaning::Error, idProblem);
    m_ui->retryNote->say(Meaning::Error,
        isRetryFaulty ? tr("The reconnection time is a whole number of milliseconds, 0 or more.") : QString());
    m_ui->toNote->say(Meaning::Warning, hub() >= 0 && m_hubNote ? m_hubNote(message) : QString());
    m_hasFaults = !typeProblem.isEmpty() || !idProblem.isEmpty() || isRetryFaulty;
    if (isRaw())
        m_emptiness = m_ui->rawEdit->document()->isEmpty() ? tr("Write the bytes to send.") : QString();
    else
        m_emptiness = m_hasFaults ? QString() : refusal(message);
    updateActions();
}

QString Composer::typeFault(const publish::Publication &publication) const
{
    const sse::Message alone{publication.message.type, {}, "", {}, {}};
    QString fault = refusal(alone);
    if (fault.isEmpty() && publication.isTemplate)
        publish::MessageTemplate::compile(alone, fault);
    return fault;
}

QString Composer::idFault(const publish::Publication &publication) const
{
    const sse::Message alone{{}, publication.message.id, "", {}, {}};
    QString fault = refusal(alone);
    if (fault.isEmpty() && publication.isTemplate)
        publish::MessageTemplate::compile(alone, fault);
    return fault;
}

// In a narrow and low panel the data needs the room; but nothing that goes out stays unseen.
void Composer::showFields()
{
    const bool raw = isRaw();
    if (hasMoreFields())
        m_ui->moreFieldsButton->setChecked(true); // and open it stays, also when the last of them is cleared
    const bool isOpen = m_isRoomy || m_ui->moreFieldsButton->isChecked();
    for (auto *widget : {m_ui->dataBox, m_ui->templateBox})
        widget->setVisible(!raw);
    m_ui->dataEdit->setVisible(!raw);
    auto *form = m_ui->fieldsLayout;
    for (int row = 0; row < form->rowCount(); ++row)
        form->setRowVisible(row, !raw && (row == 0 || isOpen));
    for (auto *note : {m_ui->typeNote, m_ui->idNote, m_ui->retryNote})
        note->setHidden(note->isHidden() || note->text().isEmpty());
    m_ui->moreFieldsButton->setVisible(!raw && !m_isRoomy);
    m_ui->moreFieldsButton->setEnabled(!hasMoreFields());
    m_ui->moreFieldsButton->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_ui->rawLabel->setVisible(raw);
    m_ui->rawEdit->setVisible(raw);
}

bool Composer::hasMoreFields() const
{
    return m_ui->idBox->currentIndex() != AutomaticId || !m_ui->retryEdit->text().isEmpty() ||
           !m_ui->commentEdit->text().isEmpty();
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = event->size().width() > wideCharacters * fontMetrics().averageCharWidth();
    m_ui->columnsLayout->setDirection(isWide ? QBoxLayout::RightToLeft : QBoxLayout::TopToBottom);
    m_ui->columnsLayout->setStretch(1, isWide ? 1 : 0);
    m_isRoomy = isWide || event->size().height() > roomyLines * fontMetrics().height();
    showFields();
}

} // namespace weir::gui
