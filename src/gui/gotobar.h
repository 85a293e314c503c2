// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/theme.h"

#include <QWidget>

#include <memory>

namespace weir::gui {

namespace Ui {
class GoToBar;
}

/// The line in which a person names the event to go to. Emits what is asked for and shows what it is told. Hidden until
/// it is opened, and again by Escape. GUI thread only.
class GoToBar : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Number, Time, EventId };
    enum Offer { NoOffer = 0, Nearest = 1, Context = 2 };

    explicit GoToBar(QWidget *parent = nullptr);
    ~GoToBar() override;

    void open();
    void close();
    Kind kind() const;
    QString text() const;

    void say(Meaning meaning, const QString &text);
    /// What may be done instead of going there: any of Offer.
    void offer(int offers);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited();
    void goRequested();
    void nearestRequested();
    void contextRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showKind();

    std::unique_ptr<Ui::GoToBar> m_ui;
};

} // namespace weir::gui
