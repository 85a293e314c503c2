// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailcontent.h"

#include "models/jsonindent.h"

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// At most `maxBytes`, not ending inside a character.
std::string_view head(std::string_view text, std::uint64_t maxBytes)
{
    if (text.size() <= maxBytes)
        return text;
    std::size_t length = maxBytes;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
        --length;
    return text.substr(0, length);
}

/// Blanks and tabs are not among these: the view draws signs for them that are no part of the text.
bool cannotBeSeen(QChar c)
{
    if (c.unicode() < 0x80)
        return false;
    const bool isBlank = c.category() == QChar::Separator_Space || c.category() == QChar::Separator_Line ||
                         c.category() == QChar::Separator_Paragraph;
    return isBlank || c.category() == QChar::Other_Format || c.category() == QChar::Other_Control;
}

void appendMarked(QString &out, QChar c)
{
    if (c.unicode() < 0x20 && c != u'\t')
        out += QChar(char16_t(0x2400 + c.unicode()));
    else if (c.unicode() == 0x7F)
        out += u'\u2421';
    else if (cannotBeSeen(c))
        out += u"⟨U+%1⟩"_s.arg(QString::number(c.unicode(), 16).toUpper().rightJustified(4, u'0'));
    else
        out += c;
}

/// Line ends as `\n`, if wanted with signs for what they were: ↤ CR, ↵ LF.
QString withLineEnds(const QString &text, bool marks)
{
    QString out;
    out.reserve(text.size() + text.size() / 16);
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text[at];
        const bool isPair = c == u'\r' && at + 1 < text.size() && text[at + 1] == u'\n';
        if (c == u'\r' || c == u'\n') {
            if (marks)
                out += isPair ? u"↤↵"_s : QString(c == u'\r' ? u'↤' : u'↵');
            out += u'\n';
            at += isPair ? 1 : 0;
        } else if (marks) {
            appendMarked(out, c);
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

DetailContent prepareContent(std::string_view text, const DetailContentWish &wish)
{
    DetailContent result;
    std::string indented;
    if (wish.isIndented) {
        if (auto json = models::indentJson(text)) {
            indented = std::move(*json);
            text = indented;
            result.isJson = true;
        }
    }
    result.totalBytes = text.size();
    const auto shown = head(text, wish.maxBytes);
    result.shownBytes = shown.size();
    result.text = QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
    if (wish.marksWhiteSpace || shown.find('\r') != std::string_view::npos)
        result.text = withLineEnds(result.text, wish.marksWhiteSpace);
    // A NUL would end the text in some widgets, other controls are drawn as nothing.
    std::ranges::replace(result.text, QChar(u'\0'), QChar(u'\u2400'));
    return result;
}

std::vector<qsizetype> findWords(
    const QString &text, const QString &words, qsizetype most, const std::function<bool()> &isCanceled)
{
    const bool hasCapital = std::ranges::any_of(words, [](QChar c) { return c.isUpper(); });
    const auto letters = hasCapital ? Qt::CaseSensitive : Qt::CaseInsensitive;
    std::vector<qsizetype> found;
    for (qsizetype at = text.indexOf(words, 0, letters); at >= 0 && !words.isEmpty();
         at = text.indexOf(words, at + words.size(), letters)) {
        found.push_back(at);
        if (static_cast<qsizetype>(found.size()) == most || (found.size() % 256 == 0 && isCanceled()))
            break;
    }
    return found;
}

} // namespace weir::gui
