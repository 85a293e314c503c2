// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/emptystate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QLabel *centred(const QString &text)
{
    auto *label = new QLabel(text);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    return label;
}

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
{
    auto *title = centred(tr("No subscriptions yet"));
    auto font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    title->setFont(font);
    auto *subscribe = new QPushButton(tr("Enter a UR&L"));
    subscribe->setObjectName(u"enterUrlButton"_s);
    auto *demo = new QPushButton(tr("Start the demo channels"));
    demo->setObjectName(u"startDemoButton"_s);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(subscribe);
    buttons->addWidget(demo);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(title);
    layout->addWidget(centred(tr("Paste a stream's URL on the left, or start the publisher and its demo channels.")));
    layout->addLayout(buttons);
    layout->addStretch(3);

    connect(subscribe, &QPushButton::clicked, this, &EmptyState::urlWanted);
    connect(demo, &QPushButton::clicked, this, &EmptyState::demoWanted);
}

} // namespace weir::gui
