// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRawFont>
#include <QStringView>

#include <array>
#include <vector>

class QPainter;
class QRect;

namespace weir::gui {

/// Draws one line of printable ASCII in a fixed font, as QPainter::drawText() does but without shaping it: every
/// character is one glyph of one width. Shaping was the most of what a full table cost. GUI thread only.
class FixedText
{
public:
    /// In the font of `painter`, centred vertically; what is too long ends in an ellipsis. False if this text or font
    /// needs more than that, or the painter is no such: then nothing has been drawn.
    bool draw(QPainter &painter, const QRect &rect, Qt::Alignment alignment, QStringView text);

private:
    static constexpr char16_t firstCharacter = u' ';
    static constexpr char16_t lastCharacter = u'~';

    bool take(const QFont &font);
    bool isPlain(QStringView text) const;

    QFont m_font;
    QRawFont m_raw;
    std::array<quint32, lastCharacter - firstCharacter + 1> m_glyphs{};
    quint32 m_ellipsis = 0;
    qreal m_advance = 0; ///< of every character; 0: no font yet
    int m_height = 0;
    int m_ascent = 0;
    QFont m_uselessFont; ///< the last that is not fixed, so that a table with both asks once
    bool m_hasUselessFont = false;
    std::vector<quint32> m_run;
    std::vector<QPointF> m_positions;
};

} // namespace weir::gui
