// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/findbar.h"

#include "gui/theme.h"
#include "ui_findbar.h"

#include <QKeyEvent>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::FindBar>())
{
    m_ui->setupUi(this);
    m_ui->findEdit->addAction(icon(u"find"_s), QLineEdit::LeadingPosition);
    m_ui->findEdit->installEventFilter(this);
    m_ui->findPreviousButton->setIcon(icon(u"up"_s));
    m_ui->findNextButton->setIcon(icon(u"down"_s));
    m_ui->findCloseButton->setIcon(icon(u"close"_s));
    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    m_counting.setSingleShot(true);
    m_counting.setInterval(100ms);
    connect(&m_typing, &QTimer::timeout, this, &FindBar::announce);
    connect(&m_counting, &QTimer::timeout, this, [this] { m_ui->findCountLabel->setText(m_count); });
    connect(m_ui->findEdit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_ui->findModeBox, &QComboBox::currentIndexChanged, this, &FindBar::announce);
    connect(m_ui->findModeBox, &QComboBox::currentIndexChanged, this, &FindBar::showMode);
    connect(m_ui->findNextButton, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(m_ui->findPreviousButton, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(m_ui->findCloseButton, &QToolButton::clicked, this, &FindBar::close);
    showMode();
    hide();
}

FindBar::~FindBar() = default;

void FindBar::open()
{
    const bool wasHidden = isHidden();
    show();
    m_ui->findEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->findEdit->selectAll();
    if (wasHidden)
        Q_EMIT opened();
}

void FindBar::close()
{
    if (isHidden())
        return;
    m_typing.stop();
    hush();
    hide();
    Q_EMIT closed();
}

models::SearchQuery FindBar::query() const
{
    return {models::SearchMode{m_ui->findModeBox->currentIndex()}, m_ui->findEdit->text()};
}

void FindBar::setQuery(const models::SearchQuery &query)
{
    const QSignalBlocker quiet(m_ui->findModeBox);
    m_ui->findModeBox->setCurrentIndex(static_cast<int>(query.mode));
    m_ui->findEdit->setText(query.text);
    showMode();
    announce();
}

void FindBar::announce()
{
    m_typing.stop();
    Q_EMIT queryChanged(query());
}

void FindBar::showMode()
{
    static const QString hints[] = {tr("Text in type, id or data"), tr("Regular expression for data (PCRE2)"),
        tr("Filter expression, as type:trade data.price > 100")};
    m_ui->findEdit->setPlaceholderText(hints[m_ui->findModeBox->currentIndex()]);
}

void FindBar::showCount(const QString &text)
{
    m_count = text;
    if (!m_counting.isActive())
        m_counting.start();
}

void FindBar::showError(const QString &text)
{
    m_hasError = true;
    m_ui->findNoteLabel->say(Meaning::Error, text);
}

void FindBar::showWarning(const QString &text)
{
    if (!m_hasError)
        m_ui->findNoteLabel->say(Meaning::Warning, text);
}

void FindBar::showNote(const QString &text)
{
    if (!m_hasError)
        m_ui->findNoteLabel->say(Meaning::Secondary, text);
}

void FindBar::hush()
{
    m_hasError = false;
    m_ui->findNoteLabel->hush();
}

QSize FindBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, QWidget::minimumSizeHint().height()};
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_ui->findEdit || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    if (m_typing.isActive())
        announce();
    if (key->modifiers().testFlag(Qt::ShiftModifier))
        Q_EMIT previousRequested();
    else
        Q_EMIT nextRequested();
    return true;
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void FindBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The text keeps a readable length in views side by side: label and count give way.
    const int characters = width() / std::max(1, fontMetrics().averageCharWidth());
    m_ui->findLabel->setHidden(characters < 70);
    m_ui->findCountLabel->setHidden(characters < 50);
}

} // namespace weir::gui
