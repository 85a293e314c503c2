// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTimer>

#include <cstdint>

namespace weir::gui {

/// How many rows there are, of how many, and how many are hidden: `1,204 of 88,431 · 87,227 hidden`, with fewer words
/// where there is little room. GUI thread only.
class MatchCount : public QLabel
{
    Q_OBJECT

public:
    enum class Words { Few, All };

    explicit MatchCount(QWidget *parent = nullptr);

    /// May be called 60 times a second; shown at most ten times, which is what people can read and layouts take.
    void setCounts(std::uint64_t shown, std::uint64_t of);
    void setWords(Words words);

private:
    void showNow();

    QTimer m_pace;
    std::uint64_t m_shown = 0;
    std::uint64_t m_total = 0;
    Words m_words = Words::All;
};

} // namespace weir::gui
