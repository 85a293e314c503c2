// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/theme.h"

#include <QLabel>

namespace weir::gui {

/// One remark at the place that it is about: a shape and a colour for its meaning, then the words. Takes no room while
/// it has nothing to say. Wraps its text and shows it as plain text. GUI thread only.
class InlineNote : public QLabel
{
    Q_OBJECT

public:
    explicit InlineNote(QWidget *parent = nullptr);

    /// An empty text hides the note. Errors and warnings are announced to assistive technology when they change.
    void say(Meaning meaning, const QString &text);
    void hush() { say(Meaning::Secondary, {}); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolour();

    Meaning m_meaning = Meaning::Secondary;
};

} // namespace weir::gui
