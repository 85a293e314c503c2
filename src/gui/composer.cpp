// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"

#include "gui/composerjson.h"
#include "gui/theme.h"
#include "ui_composer.h"

#include <QAction>
#include <QResizeEvent>
#include <QTextDocument>

#include <algorithm>
#include <chrono>
#include <optional>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum IdKind { AutomaticId, OwnId, NoId }; // the order of the entries in the form

// What a text field shows without a wait; more of a message is a matter for the window's hex view.
constexpr std::size_t previewBytes = 64 << 10;
// A line of about this many characters takes the fields and the data side by side.
constexpr int wideCharacters = 90;
constexpr int fewestLines = 4;

std::string utf8(const QString &text)
{
    return text.toUtf8().toStdString();
}

QString refusal(const sse::Message &message)
{
    const auto error = sse::check(message);
    if (!error)
        return {};
    const auto sentence = sse::text(*error);
    return QString::fromUtf8(sentence.data(), static_cast<qsizetype>(sentence.size()));
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

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::Composer>())
    , m_json(new ComposerJson(this))
{
    m_ui->setupUi(this);
    for (auto *edit : {m_ui->dataEdit, m_ui->previewEdit}) {
        edit->setFont(fixedFont());
        edit->setMinimumHeight(fewestLines * QFontMetrics(edit->font()).lineSpacing());
    }
    m_inspectTimer.setSingleShot(true);
    m_inspectTimer.setInterval(150ms);
    m_repeatTimer.setTimerType(Qt::PreciseTimer);
    createActions();
    connectFields();
    checkFields();
}

Composer::~Composer() = default;

void Composer::createActions()
{
    m_sendAction = new QAction(icon(u"send"_s), tr("S&end message"), this);
    m_sendAction->setIconText(tr("Se&nd"));
    m_sendAction->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_sendAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_sendAction->setToolTip(
        tr("Send to every client on the path (%1)").arg(m_sendAction->shortcut().toString(QKeySequence::NativeText)));
    addAction(m_sendAction);
    m_repeatAction = new QAction(this);
    m_ui->sendButton->setDefaultAction(m_sendAction);
    m_ui->repeatButton->setDefaultAction(m_repeatAction);
    connect(m_sendAction, &QAction::triggered, this, &Composer::submit);
    connect(m_repeatAction, &QAction::triggered, this, &Composer::toggleRepetition);
}

void Composer::connectFields()
{
    for (auto *edit : {m_ui->typeEdit, m_ui->idEdit, m_ui->retryEdit, m_ui->commentEdit})
        connect(edit, &QLineEdit::textChanged, this, &Composer::fieldsChanged);
    connect(m_ui->idBox, &QComboBox::currentIndexChanged, this, &Composer::fieldsChanged);
    connect(m_ui->dataBox, &QCheckBox::toggled, this, &Composer::dataChanged);
    connect(m_ui->previewBox, &QCheckBox::toggled, this, &Composer::inspectData);
    connect(m_ui->previewBox, &QCheckBox::toggled, m_ui->previewEdit, &QWidget::setVisible);
    connect(m_ui->dataEdit, &QPlainTextEdit::textChanged, this, &Composer::dataChanged);
    connect(&m_inspectTimer, &QTimer::timeout, this, &Composer::inspectData);
    connect(&m_repeatTimer, &QTimer::timeout, this, [this] { Q_EMIT submitted(m_repeated); });
    connect(m_json, &ComposerJson::valid, this, [this] { m_ui->jsonNote->say(Meaning::Good, tr("valid JSON")); });
    connect(m_json, &ComposerJson::faulty, this, [this](const JsonFault &fault) {
        const auto place = tr("not JSON: at line %1, column %2: %3").arg(fault.line).arg(fault.column);
        m_ui->jsonNote->say(Meaning::Secondary, place.arg(fault.reason));
    });
}

publish::Publication Composer::publication() const
{
    auto publication = fields();
    if (publication.message.data)
        publication.message.data = utf8(data());
    return publication;
}

publish::Publication Composer::fields() const
{
    publish::Publication publication;
    auto &message = publication.message;
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
    const auto &message = publication.message;
    m_ui->typeEdit->setText(QString::fromStdString(message.type));
    m_ui->idBox->setCurrentIndex(message.id ? OwnId : publication.automaticId ? AutomaticId : NoId);
    m_ui->idEdit->setText(QString::fromStdString(message.id.value_or("")));
    m_ui->retryEdit->setText(message.retry ? QString::number(message.retry->count()) : QString());
    m_ui->commentEdit->setText(QString::fromStdString(message.comment.value_or("")));
    m_ui->dataBox->setChecked(message.data.has_value());
    m_ui->dataEdit->setPlainText(QString::fromStdString(message.data.value_or("")));
}

// toPlainText() would turn no-break spaces into spaces and U+2028 into line breaks.
QString Composer::data() const
{
    return m_ui->dataEdit->document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

void Composer::setObstacle(const QString &reason)
{
    m_obstacle = reason;
    if (!reason.isEmpty())
        endRepetition();
    updateActions();
}

void Composer::showRefusal(const QString &reason)
{
    endRepetition();
    m_ui->sendNote->say(Meaning::Error, reason);
}

void Composer::submit()
{
    if (m_obstacle.isEmpty())
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
    m_inspectTimer.start();
    checkFields();
}

void Composer::dataChanged()
{
    m_ui->dataEdit->setEnabled(m_ui->dataBox->isChecked());
    m_json->forget();
    m_inspectTimer.start();
    checkFields();
}

// Each field is checked in a message of its own, since the encoder names the first fault only.
void Composer::checkFields()
{
    const auto message = fields().message;
    const auto typeFault = refusal({message.type, {}, "", {}, {}});
    const auto idFault = refusal({{}, message.id, "", {}, {}});
    const bool isRetryFaulty = !m_ui->retryEdit->text().isEmpty() && !message.retry;

    m_ui->typeNote->say(Meaning::Error, typeFault);
    if (message.id && message.id->empty())
        m_ui->idNote->say(Meaning::Secondary, tr("An empty ID resets the client."));
    else
        m_ui->idNote->say(Meaning::Error, idFault);
    m_ui->retryNote->say(Meaning::Error,
        isRetryFaulty ? tr("The reconnection time is a whole number of milliseconds, 0 or more.") : QString());
    m_hasFaults = !typeFault.isEmpty() || !idFault.isEmpty() || isRetryFaulty;
    m_emptiness = m_hasFaults ? QString() : refusal(message);
    updateActions();
}

void Composer::updateActions()
{
    const bool canSend = m_obstacle.isEmpty() && !m_hasFaults && m_emptiness.isEmpty();
    m_sendAction->setEnabled(canSend);
    m_repeatAction->setEnabled(canSend || isRepeating());
    m_repeatAction->setIcon(icon(isRepeating() ? u"stop"_s : u"reconnect"_s));
    m_repeatAction->setText(isRepeating() ? tr("&Stop repeating") : tr("&Repeat message"));
    m_repeatAction->setIconText(isRepeating() ? tr("Stop") : tr("Repeat"));
    m_repeatAction->setToolTip(isRepeating()
                                   ? tr("Stop sending the message")
                                   : tr("Send the message as it is now again and again; later edits do not change it"));
    m_ui->intervalBox->setEnabled(!isRepeating());
    m_ui->sendNote->say(Meaning::Secondary, m_obstacle.isEmpty() ? m_emptiness : m_obstacle);
}

void Composer::inspectData()
{
    m_inspectTimer.stop();
    if (m_ui->dataBox->isChecked() && !m_ui->dataEdit->document()->isEmpty())
        m_json->check(data());
    else
        m_ui->jsonNote->hush();
    if (m_ui->previewBox->isChecked())
        showPreview(publication());
}

void Composer::showPreview(const publish::Publication &publication)
{
    auto message = publication.message;
    if (publication.automaticId && message.data && !message.id)
        message.id = utf8(tr("(the next number)"));
    std::string bytes;
    if (const auto error = sse::encode(message, bytes)) {
        const auto sentence = sse::text(*error);
        m_ui->previewEdit->setPlainText(QString::fromUtf8(sentence.data(), static_cast<qsizetype>(sentence.size())));
        return;
    }
    const auto shown = std::min(bytes.size(), previewBytes);
    auto text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(shown));
    if (shown < bytes.size())
        text += tr("\n… more bytes: %1").arg(bytes.size() - shown);
    m_ui->previewEdit->setPlainText(text);
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = event->size().width() > wideCharacters * fontMetrics().averageCharWidth();
    m_ui->columnsLayout->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace weir::gui
