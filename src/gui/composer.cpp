// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"

#include "gui/theme.h"
#include "publish/rawtext.h"
#include "ui_composer.h"

#include <QAction>
#include <QMenu>
#include <QTextDocument>

#include <algorithm>
#include <chrono>
#include <optional>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int fewestLines = 3;
// More of a message is not turned into raw bytes to begin with.
constexpr std::size_t maxRawStart = 1 << 20;

std::string utf8(const QString &text)
{
    return text.toUtf8().toStdString();
}

std::optional<std::chrono::milliseconds> reconnectionTime(const QString &text)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    bool isNumber = false;
    const auto number = text.toLongLong(&isNumber);
    if (!isNumber || !std::all_of(text.begin(), text.end(), isDigit))
        return {};
    return std::chrono::milliseconds(number);
}

// toPlainText() would turn no-break spaces into spaces and U+2028 into line breaks.
QString rawTextIn(const QPlainTextEdit &edit)
{
    return edit.document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::Composer>())
    , m_check(std::make_unique<PoolTask<DraftReport>>(this, [this](const DraftReport &report) { showReport(report); }))
{
    m_ui->setupUi(this);
    for (auto *edit : {m_ui->dataEdit, m_ui->rawEdit, m_ui->previewEdit}) {
        edit->setFont(fixedFont());
        edit->setMinimumHeight(fewestLines * QFontMetrics(edit->font()).lineSpacing());
    }
    // Messages dropped on a text are for the composer; other text is for the field.
    setAcceptDrops(true);
    for (auto *edit : {m_ui->dataEdit, m_ui->rawEdit})
        edit->viewport()->installEventFilter(this);
    m_inspectTimer.setSingleShot(true);
    m_inspectTimer.setInterval(150ms);
    m_repeatTimer.setTimerType(Qt::PreciseTimer);
    createActions();
    createMenu();
    setHubs({}, -1);
    connectFields();
    checkFields();
}

Composer::~Composer() = default;

void Composer::createActions()
{
    m_sendAction = new QAction(icon(u"send"_s), tr("S&end message"), this);
    m_sendAction->setIconText(tr("Send"));
    m_sendAction->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_sendAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_sendAction->setToolTip(
        tr("Send to every client on the path (%1)").arg(m_sendAction->shortcut().toString(QKeySequence::NativeText)));
    m_repeatAction = new QAction(this);
    m_saveAction = new QAction(icon(u"bookmark"_s), tr("Save in &library"), this);
    m_saveAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addActions({m_sendAction, m_saveAction});
    m_ui->sendButton->setDefaultAction(m_sendAction);
    m_ui->repeatButton->setDefaultAction(m_repeatAction);
    connect(m_sendAction, &QAction::triggered, this, &Composer::submit);
    connect(m_repeatAction, &QAction::triggered, this, &Composer::toggleRepetition);
    connect(m_saveAction, &QAction::triggered, this, [this] { Q_EMIT saveRequested(publication()); });
}

void Composer::connectFields()
{
    for (auto *edit : {m_ui->typeEdit, m_ui->idEdit, m_ui->retryEdit, m_ui->commentEdit})
        connect(edit, &QLineEdit::textChanged, this, &Composer::fieldsChanged);
    connect(m_ui->idBox, &QComboBox::currentIndexChanged, this, &Composer::fieldsChanged);
    connect(m_ui->destinationBox, &QComboBox::currentIndexChanged, this, &Composer::fieldsChanged);
    connect(m_ui->destinationBox, &QComboBox::activated, this, [this] { Q_EMIT hubChosen(hub()); });
    connect(m_ui->formBox, &QComboBox::currentIndexChanged, this, &Composer::changeForm);
    connect(m_ui->moreFieldsButton, &QToolButton::toggled, this, &Composer::showFields);
    connect(m_ui->dataBox, &QCheckBox::toggled, this, &Composer::textChanged);
    connect(m_ui->templateBox, &QCheckBox::toggled, this, &Composer::textChanged);
    connect(m_ui->previewBox, &QCheckBox::toggled, this, &Composer::inspect);
    connect(m_ui->previewBox, &QCheckBox::toggled, m_ui->previewEdit, &QWidget::setVisible);
    connect(m_ui->dataEdit, &QPlainTextEdit::textChanged, this, &Composer::textChanged);
    connect(m_ui->rawEdit, &QPlainTextEdit::textChanged, this, &Composer::textChanged);
    connect(&m_inspectTimer, &QTimer::timeout, this, &Composer::inspect);
    connect(&m_repeatTimer, &QTimer::timeout, this, [this] { Q_EMIT submitted(m_repeated); });
}

bool Composer::isRaw() const
{
    return m_ui->formBox->currentIndex() == 1;
}

QString Composer::text() const
{
    return rawTextIn(isRaw() ? *m_ui->rawEdit : *m_ui->dataEdit);
}

publish::Publication Composer::publication() const
{
    auto publication = fields();
    if (publication.rawText)
        publication.rawText = utf8(text());
    else if (publication.message.data)
        publication.message.data = utf8(text());
    return publication;
}

publish::Publication Composer::fields() const
{
    publish::Publication publication;
    if (isRaw()) {
        publication.rawText = "";
        return publication;
    }
    auto &message = publication.message;
    publication.isTemplate = m_ui->templateBox->isChecked();
    message.type = utf8(m_ui->typeEdit->text());
    publication.automaticId = m_ui->idBox->currentIndex() == AutomaticId;
    if (m_ui->idBox->currentIndex() == OwnId)
        message.id = utf8(m_ui->idEdit->text());
    message.retry = reconnectionTime(m_ui->retryEdit->text());
    if (!m_ui->commentEdit->text().isEmpty())
        message.comment = utf8(m_ui->commentEdit->text());
    if (m_ui->dataBox->isChecked())
        message.data = "";
    return publication;
}

void Composer::setPublication(const publish::Publication &publication)
{
    m_ui->formBox->setCurrentIndex(publication.rawText ? 1 : 0);
    if (publication.rawText) {
        m_ui->rawEdit->setPlainText(QString::fromStdString(*publication.rawText));
        return;
    }
    const auto &message = publication.message;
    m_ui->templateBox->setChecked(publication.isTemplate);
    m_ui->typeEdit->setText(QString::fromStdString(message.type));
    m_ui->idBox->setCurrentIndex(message.id ? OwnId : publication.automaticId ? AutomaticId : NoId);
    m_ui->idEdit->setText(QString::fromStdString(message.id.value_or("")));
    m_ui->retryEdit->setText(message.retry ? QString::number(message.retry->count()) : QString());
    m_ui->commentEdit->setText(QString::fromStdString(message.comment.value_or("")));
    m_ui->dataBox->setChecked(message.data.has_value());
    m_ui->dataEdit->setPlainText(QString::fromStdString(message.data.value_or("")));
}

void Composer::setObstacle(const QString &reason)
{
    m_obstacle = reason;
    if (!obstacle().isEmpty())
        endRepetition();
    updateActions();
}

void Composer::showRefusal(const QString &reason)
{
    endRepetition();
    m_ui->sendNote->say(Meaning::Error, reason);
}

void Composer::showSent(const QString &what)
{
    m_ui->sendNote->say(Meaning::Good, what);
}

void Composer::submit()
{
    if (obstacle().isEmpty())
        m_ui->sendNote->hush();
    Q_EMIT submitted(publication());
}

void Composer::toggleRepetition()
{
    if (isRepeating()) {
        endRepetition();
        return;
    }
    m_ui->intervalBox->interpretText();
    m_repeated = publication();
    m_repeatTimer.start(std::chrono::milliseconds(m_ui->intervalBox->value()));
    updateActions();
    Q_EMIT submitted(m_repeated);
}

void Composer::endRepetition()
{
    m_repeatTimer.stop();
    m_repeated = {};
    updateActions();
}

void Composer::fieldsChanged()
{
    m_ui->idEdit->setEnabled(m_ui->idBox->currentIndex() == OwnId);
    showFields();
    m_inspectTimer.start();
    checkFields();
}

void Composer::textChanged()
{
    m_ui->dataEdit->setEnabled(m_ui->dataBox->isChecked());
    m_hasTextFault = false;
    m_check->cancel();
    m_inspectTimer.start();
    checkFields();
}

QString Composer::obstacle() const
{
    if (hub() < 0)
        return m_obstacle;
    return isRaw() ? tr("A hub takes events, not bytes.") : QString();
}

void Composer::updateActions()
{
    const QString reason = obstacle();
    const bool canSend = reason.isEmpty() && !m_hasFaults && !m_hasTextFault && m_emptiness.isEmpty();
    m_sendAction->setEnabled(canSend);
    m_saveAction->setEnabled(m_emptiness.isEmpty() && !m_hasFaults);
    m_repeatAction->setEnabled(canSend || isRepeating());
    m_repeatAction->setIcon(icon(isRepeating() ? u"stop"_s : u"reconnect"_s));
    m_repeatAction->setText(isRepeating() ? tr("&Stop repeating") : tr("&Repeat message"));
    m_repeatAction->setIconText(isRepeating() ? tr("Stop") : tr("Repeat"));
    m_repeatAction->setToolTip(isRepeating()
                                   ? tr("Stop sending the message")
                                   : tr("Send the message as it is now again and again; later edits do not change it"));
    m_ui->intervalBox->setEnabled(!isRepeating());
    m_ui->destinationBox->setEnabled(!isRepeating());
    m_editHubAction->setEnabled(hub() >= 0 && !isRepeating());
    m_removeHubAction->setEnabled(hub() >= 0 && !isRepeating());
    m_ui->sendNote->say(Meaning::Secondary, reason.isEmpty() ? m_emptiness : reason);
}

void Composer::inspect()
{
    m_inspectTimer.stop();
    Draft draft{fields(), text(), 1, m_ui->previewBox->isChecked()};
    m_check->start([draft = std::move(draft)](const auto &) { return checkDraft(draft); });
}

void Composer::showReport(const DraftReport &report)
{
    m_hasTextFault = !report.textFault.isEmpty();
    if (m_hasTextFault && !isRaw())
        m_ui->jsonNote->say(Meaning::Error, tr("%1\nWithout “Template” it is sent as it is.").arg(report.textFault));
    else if (m_hasTextFault)
        m_ui->jsonNote->say(Meaning::Error, report.textFault);
    else if (report.json == DraftReport::Json::Valid)
        m_ui->jsonNote->say(Meaning::Good, tr("valid JSON"));
    else if (report.json == DraftReport::Json::Faulty)
        m_ui->jsonNote->say(Meaning::Secondary, tr("not JSON: at line %1, column %2: %3")
                                                    .arg(report.jsonFault.line)
                                                    .arg(report.jsonFault.column)
                                                    .arg(report.jsonFault.reason));
    else
        m_ui->jsonNote->say(report.readingMeaning, report.reading);
    if (m_ui->previewBox->isChecked())
        m_ui->previewEdit->setPlainText(report.bytes);
    m_sendAction->setEnabled(m_sendAction->isEnabled() && !m_hasTextFault);
    m_repeatAction->setEnabled(isRepeating() || (m_repeatAction->isEnabled() && !m_hasTextFault));
}

// Bytes begin as those of the message: to do something wrong one starts from what is right.
void Composer::changeForm()
{
    const bool raw = isRaw();
    if (raw && m_ui->rawEdit->document()->isEmpty() && m_ui->dataBox->isChecked()) {
        sse::Message message;
        message.type = utf8(m_ui->typeEdit->text());
        message.data = utf8(rawTextIn(*m_ui->dataEdit));
        std::string bytes;
        if (message.data->size() <= maxRawStart && !sse::encode(message, bytes))
            m_ui->rawEdit->setPlainText(QString::fromStdString(publish::rawTextOf(bytes)));
    }
    m_placeholders->setEnabled(!raw);
    m_ui->jsonNote->hush();
    showFields();
    textChanged();
}

} // namespace weir::gui
