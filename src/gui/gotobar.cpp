// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/gotobar.h"

#include "ui_gotobar.h"

#include <QKeyEvent>

#include <algorithm>
#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;

GoToBar::GoToBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::GoToBar>())
{
    m_ui->setupUi(this);
    m_ui->goToEdit->addAction(icon(u"go-to"_s), QLineEdit::LeadingPosition);
    m_ui->goToCloseButton->setIcon(icon(u"close"_s));
    connect(m_ui->goToEdit, &QLineEdit::textChanged, this, &GoToBar::edited);
    connect(m_ui->goToEdit, &QLineEdit::returnPressed, this, &GoToBar::goRequested);
    connect(m_ui->goToKindBox, &QComboBox::currentIndexChanged, this, &GoToBar::showKind);
    connect(m_ui->goToKindBox, &QComboBox::currentIndexChanged, this, &GoToBar::edited);
    connect(m_ui->goButton, &QToolButton::clicked, this, &GoToBar::goRequested);
    connect(m_ui->goToCloseButton, &QToolButton::clicked, this, &GoToBar::close);
    connect(m_ui->nearestButton, &QToolButton::clicked, this, &GoToBar::nearestRequested);
    connect(m_ui->contextButton, &QToolButton::clicked, this, &GoToBar::contextRequested);
    showKind();
    offer(NoOffer);
    hide();
}

GoToBar::~GoToBar() = default;

void GoToBar::open()
{
    show();
    m_ui->goToEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->goToEdit->selectAll();
    Q_EMIT edited();
}

void GoToBar::close()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

GoToBar::Kind GoToBar::kind() const
{
    return Kind{m_ui->goToKindBox->currentIndex()};
}

QString GoToBar::text() const
{
    return m_ui->goToEdit->text();
}

void GoToBar::showKind()
{
    const std::array<QString, 3> hints{
        tr("88,431"), tr("14:05   2026-11-22 14:05:01.5   +90s   -5min"), tr("The whole last event ID")};
    m_ui->goToEdit->setPlaceholderText(hints[static_cast<std::size_t>(kind())]);
}

void GoToBar::say(Meaning meaning, const QString &text)
{
    m_ui->goToNoteLabel->say(meaning, text);
}

void GoToBar::offer(int offers)
{
    m_ui->nearestButton->setVisible((offers & Nearest) != 0);
    m_ui->contextButton->setVisible((offers & Context) != 0);
}

QSize GoToBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, QWidget::minimumSizeHint().height()};
}

void GoToBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void GoToBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_ui->goToLabel->setHidden(width() < fontMetrics().averageCharWidth() * 70);
}

} // namespace weir::gui
