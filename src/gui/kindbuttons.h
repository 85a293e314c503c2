// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/viewscan.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace weir::gui {

/// A switch for each kind of record with its count, which is always there to see. Where room is scarce a sign stands
/// for the word. GUI thread only.
class KindButtons : public QWidget
{
    Q_OBJECT

public:
    explicit KindButtons(QWidget *parent = nullptr);

    models::KindSet kinds() const;
    void setKinds(models::KindSet kinds);
    void setCounts(const models::KindCounts &counts);
    void setCompact(bool isCompact);

Q_SIGNALS:
    /// The user wants other kinds to be shown.
    void kindsChanged(weir::models::KindSet kinds);

private:
    void addButton(std::size_t kind);
    void updateText(std::size_t kind);

    std::array<QToolButton *, store::kindCount> m_buttons{};
    models::KindCounts m_counts{};
    bool m_isCompact = false;
};

} // namespace weir::gui
