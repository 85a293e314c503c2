// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fixedtext.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir::gui {

bool FixedText::take(const QFont &font)
{
    const auto raw = QRawFont::fromFont(font);
    QString characters;
    for (char16_t c = firstCharacter; c <= lastCharacter; ++c)
        characters += QChar(c);
    characters += QChar(u'…');
    const auto glyphs = raw.glyphIndexesForString(characters);
    const QFontMetricsF metrics(font);
    const qreal advance = metrics.horizontalAdvance(u'0');
    const bool isFixed = std::ranges::all_of(
        characters, [&](QChar c) { return std::abs(metrics.horizontalAdvance(c) - advance) < 0.01; });
    if (glyphs.size() != characters.size() || glyphs.contains(0) || !isFixed)
        return false;
    std::copy_n(glyphs.begin(), m_glyphs.size(), m_glyphs.begin());
    m_ellipsis = glyphs.back();
    m_font = font;
    m_raw = raw;
    m_advance = advance;
    // As drawText() places a line: whole pixels.
    const QFontMetrics whole(font);
    m_height = whole.height();
    m_ascent = whole.ascent();
    return true;
}

bool FixedText::isPlain(QStringView text) const
{
    return std::ranges::all_of(text, [](QChar c) {
        const bool isEllipsis = c == u'…';
        return (c >= QChar(firstCharacter) && c <= QChar(lastCharacter)) || isEllipsis;
    });
}

bool FixedText::draw(QPainter &painter, const QRect &rect, Qt::Alignment alignment, QStringView text)
{
    const QFont &font = painter.font();
    if (m_hasUselessFont && font == m_uselessFont)
        return false;
    if ((m_advance <= 0 || font != m_font) && !take(font)) {
        m_uselessFont = font;
        m_hasUselessFont = true;
        return false;
    }
    const auto most = static_cast<qsizetype>(std::max(0.0, rect.width() / m_advance + 0.01));
    const bool isCut = text.size() > most;
    const QStringView shown = isCut ? text.first(std::max<qsizetype>(0, most - 1)) : text;
    if (!isPlain(shown))
        return false;
    m_run.clear();
    m_positions.clear();
    const auto count = shown.size() + (isCut ? 1 : 0);
    const qreal free = rect.width() - static_cast<qreal>(count) * m_advance;
    const bool isRight = alignment.testFlag(Qt::AlignRight);
    qreal x = rect.left() + (isRight ? free : alignment.testFlag(Qt::AlignHCenter) ? std::floor(free / 2) : 0);
    const qreal y = rect.top() + (rect.height() - m_height) / 2 + m_ascent;
    const auto add = [&](quint32 glyph) {
        m_run.push_back(glyph);
        m_positions.emplace_back(x, y);
        x += m_advance;
    };
    for (const QChar c : shown)
        add(c == u'…' ? m_ellipsis : m_glyphs[c.unicode() - firstCharacter]);
    if (isCut)
        add(m_ellipsis);
    QGlyphRun run;
    run.setRawFont(m_raw);
    run.setRawData(m_run.data(), m_positions.data(), static_cast<int>(m_run.size()));
    painter.drawGlyphRun({}, run);
    return true;
}

} // namespace weir::gui
