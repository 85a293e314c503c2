// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/channeldialog.h"

#include "gui/publisherbar.h"
#include "gui/theme.h"
#include "ui_channeldialog.h"

#include <QPushButton>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::ChannelSettings;
using publish::Compression;
using publish::IdPolicy;

namespace {

constexpr qint64 channelMebibyte = Q_INT64_C(1) << 20;
constexpr double millisecondsPerSecond = 1000;
constexpr int notSent = -1; // of the reconnection time

double channelSeconds(std::chrono::milliseconds time)
{
    return static_cast<double>(time.count()) / millisecondsPerSecond;
}

std::chrono::milliseconds fromSeconds(double channelSeconds)
{
    return std::chrono::milliseconds{qRound64(channelSeconds * millisecondsPerSecond)};
}

QString idNote(IdPolicy policy)
{
    switch (policy) {
    case IdPolicy::Counter:
        return ChannelDialog::tr(
            "As 3fa9c1-42: other digits at each start, then a count. A message may bring its own.");
    case IdPolicy::Time:
        return ChannelDialog::tr(
            "As 2026-11-23T09:30:00.123Z-42: the time in UTC and a count. A message may bring its own.");
    case IdPolicy::Own:
        return ChannelDialog::tr(
            "A message without an ID is not kept: clients cannot resume after it, nor get it again.");
    case IdPolicy::None:
        return ChannelDialog::tr("Nothing is kept, and clients cannot resume. Messages with an ID are refused.");
    }
    return {};
}

} // namespace

QString headerLines(const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QStringList lines;
    for (const auto &[name, value] : headers)
        lines.append(QString::fromUtf8(name) + u": "_s + QString::fromUtf8(value));
    return lines.join(u'\n');
}

QList<std::pair<QByteArray, QByteArray>> headersFromLines(const QString &text, QString &problem)
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    problem.clear();
    const auto lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty())
            continue;
        const auto colon = lines.at(i).indexOf(u':');
        const auto name = lines.at(i).left(colon).toUtf8();
        const auto value = colon < 0 ? QByteArray() : lines.at(i).mid(colon + 1).trimmed().toUtf8();
        const auto fault =
            colon < 0 ? ChannelDialog::tr("A header is “Name: value”.") : publish::headerFault(name, value);
        if (!fault.isEmpty() && problem.isEmpty())
            problem = ChannelDialog::tr("Line %1: %2").arg(QString::number(i + 1), fault);
        headers.append({name, value});
    }
    return headers;
}

ChannelDialog::ChannelDialog(const ChannelSettings &settings, bool isNew, QStringList taken, QWidget *parent)
    : QDialog(parent)
    , m_initial(settings)
    , m_isNew(isNew)
    , m_taken(std::move(taken))
    , m_ui(std::make_unique<Ui::ChannelDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->setupUi(this);
    setWindowTitle(isNew ? tr("New channel") : tr("Channel %1").arg(settings.path));
    m_ui->pathEdit->setFont(fixedFont());
    m_ui->pathEdit->setReadOnly(!isNew);
    m_ui->pathEdit->setFrame(isNew);
    m_ui->headersEdit->setFont(fixedFont());
    m_ui->headersEdit->setTabChangesFocus(true);
    setMinimumWidth(fontMetrics().averageCharWidth() * 72);
    fill();
    connectParts();
    check();
    if (isNew)
        m_ui->pathEdit->setFocus();
    else
        m_ui->idBox->setFocus();
}

ChannelDialog::~ChannelDialog() = default;

void ChannelDialog::fill()
{
    const auto &settings = m_initial;
    m_ui->pathEdit->setText(settings.path);
    m_ui->idBox->setCurrentIndex(static_cast<int>(settings.ids));
    m_ui->eventsSpin->setValue(settings.historyEvents);
    m_ui->bytesSpin->setValue(static_cast<int>(settings.historyBytes / channelMebibyte));
    m_ui->ageSpin->setValue(static_cast<int>(settings.historyAge.count()));
    m_ui->lastSpin->setValue(settings.sendLast);
    m_ui->heartbeatSpin->setValue(channelSeconds(settings.heartbeat));
    m_ui->retrySpin->setValue(settings.retry ? static_cast<int>(settings.retry->count()) : notSent);
    m_ui->paddingCheck->setChecked(settings.hasPadding);
    m_ui->lifeSpin->setValue(channelSeconds(settings.maxLife));
    m_ui->spreadSpin->setValue(channelSeconds(settings.returnSpread));
    m_ui->framingBox->setCurrentIndex(settings.isChunked ? 0 : 1);
    m_ui->compressionBox->setCurrentIndex(settings.compression == Compression::Gzip ? 1 : 0);
    m_ui->headersEdit->setPlainText(headerLines(settings.headers));
    m_ui->endedCheck->setChecked(settings.hasEnded);
}

void ChannelDialog::connectParts()
{
    connect(m_ui->pathEdit, &QLineEdit::textChanged, this, &ChannelDialog::check);
    connect(m_ui->idBox, &QComboBox::currentIndexChanged, this, &ChannelDialog::check);
    connect(m_ui->headersEdit, &QPlainTextEdit::textChanged, this, &ChannelDialog::check);
    connect(m_ui->endedCheck, &QCheckBox::toggled, this, &ChannelDialog::check);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &ChannelDialog::confirm);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

ChannelSettings ChannelDialog::collect() const
{
    auto settings = m_initial;
    settings.path = m_ui->pathEdit->text();
    settings.ids = static_cast<IdPolicy>(m_ui->idBox->currentIndex());
    settings.historyEvents = m_ui->eventsSpin->value();
    // What a field rounds stays as it was unless it was touched.
    if (m_ui->bytesSpin->value() != m_initial.historyBytes / channelMebibyte)
        settings.historyBytes = m_ui->bytesSpin->value() * channelMebibyte;
    settings.historyAge = std::chrono::seconds{m_ui->ageSpin->value()};
    settings.sendLast = m_ui->lastSpin->value();
    settings.heartbeat = fromSeconds(m_ui->heartbeatSpin->value());
    const int retry = m_ui->retrySpin->value();
    settings.retry = retry == notSent ? std::nullopt : std::optional(std::chrono::milliseconds{retry});
    settings.hasPadding = m_ui->paddingCheck->isChecked();
    settings.maxLife = fromSeconds(m_ui->lifeSpin->value());
    settings.returnSpread = fromSeconds(m_ui->spreadSpin->value());
    settings.isChunked = m_ui->framingBox->currentIndex() == 0;
    settings.compression = m_ui->compressionBox->currentIndex() == 1 ? Compression::Gzip : Compression::None;
    QString problem;
    settings.headers = headersFromLines(m_ui->headersEdit->toPlainText(), problem);
    settings.hasEnded = m_ui->endedCheck->isChecked();
    return settings;
}

QString ChannelDialog::pathProblem() const
{
    if (!m_isNew)
        return {};
    const auto path = m_ui->pathEdit->text();
    if (const auto fault = pathFault(path); !fault.isEmpty())
        return fault;
    return m_taken.contains(path) ? tr("There is a channel at this path already.") : QString();
}

void ChannelDialog::check()
{
    QString problem;
    headersFromLines(m_ui->headersEdit->toPlainText(), problem);
    const auto path = pathProblem();
    m_ui->pathNote->say(Meaning::Error, path);
    m_ui->headersNote->say(Meaning::Error, problem);
    m_ui->idNote->say(Meaning::Secondary, idNote(static_cast<IdPolicy>(m_ui->idBox->currentIndex())));
    m_ui->endedNote->say(
        Meaning::Warning, m_ui->endedCheck->isChecked() && !m_initial.hasEnded && !m_isNew
                              ? tr("Its clients are disconnected, and a browser does not come back by itself.")
                              : QString());
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setEnabled(path.isEmpty() && problem.isEmpty());
    const bool keepsEvents = m_ui->idBox->currentIndex() != static_cast<int>(IdPolicy::None);
    for (QWidget *field : {static_cast<QWidget *>(m_ui->eventsSpin), static_cast<QWidget *>(m_ui->bytesSpin),
             static_cast<QWidget *>(m_ui->ageSpin), static_cast<QWidget *>(m_ui->lastSpin)})
        field->setEnabled(keepsEvents);
}

void ChannelDialog::confirm()
{
    Q_EMIT confirmed(collect());
    accept();
}

} // namespace weir::gui
