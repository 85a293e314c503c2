// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/filterproblem.h"

#include <QInputMethodEvent>
#include <QLineEdit>

#include <optional>

namespace weir::gui {

/// A line for a filter expression: its parts in quiet colours, the place of an error underlined, an icon for whether it
/// is understood. What it means is for others to find out. GUI thread only.
class FilterEdit : public QLineEdit
{
    Q_OBJECT

public:
    enum class Validity { Empty, Good, Wrong, Off };

    explicit FilterEdit(QWidget *parent = nullptr);

    /// `explanation` becomes the icon's tooltip and the accessible description.
    void showValidity(Validity validity, const QString &explanation);
    /// Only with Validity::Wrong; goes with the next change of the text.
    void underline(CharacterRange place);

    /// What the icons at the end do. Enabled and connected by the owner.
    QAction *historyAction() const { return m_history; }
    QAction *keepAction() const { return m_keep; }

    /// Replaces the characters [begin, end) as if typed; can be undone.
    void replace(qsizetype begin, qsizetype end, const QString &text);
    /// All of the text, in one step of undo.
    void replaceAll(const QString &text);

Q_SIGNALS:
    /// The user changed the text by a key or an input method.
    void typed();

protected:
    void changeEvent(QEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    using Attributes = QList<QInputMethodEvent::Attribute>;

    void colourParts();
    void addParts(Attributes &attributes) const;
    void addError(Attributes &attributes) const;
    QInputMethodEvent::Attribute format(CharacterRange range, const QTextCharFormat &format) const;

    QAction *m_icon;
    QAction *m_keep;
    QAction *m_history;
    std::optional<CharacterRange> m_error;
    Validity m_validity = Validity::Empty;
    bool m_isComposing = false;
};

} // namespace weir::gui
