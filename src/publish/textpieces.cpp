// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/textpieces.h"

#include <QTextBoundaryFinder>

namespace weir::publish {

namespace {

constexpr qsizetype longestWhole = 8;

void appendWord(QStringList &pieces, const QString &word)
{
    if (word.size() <= longestWhole) {
        pieces << word;
        return;
    }
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    finder.setPosition(word.size() / 2);
    const qsizetype middle = finder.isAtBoundary() ? word.size() / 2 : finder.toNextBoundary();
    pieces << word.left(middle);
    if (middle < word.size())
        pieces << word.mid(middle);
}

} // namespace

QStringList textPieces(const QString &text, const QString &how)
{
    QStringList pieces;
    if (how == u"words") {
        qsizetype begin = 0;
        for (qsizetype i = 1; i <= text.size(); ++i) {
            const bool isEnd = i == text.size() || (text[i].isSpace() && !text[i - 1].isSpace());
            if (isEnd) {
                appendWord(pieces, text.mid(begin, i - begin));
                begin = i;
            }
        }
        return pieces;
    }
    if (how == u"lines") {
        for (qsizetype begin = 0; begin < text.size();) {
            const qsizetype lf = text.indexOf(u'\n', begin);
            const qsizetype end = lf < 0 ? text.size() : lf + 1;
            pieces << text.mid(begin, end - begin);
            begin = end;
        }
        return pieces;
    }
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype end = finder.toNextBoundary();
        pieces << text.mid(begin, end - begin);
        begin = end;
    }
    return pieces;
}

} // namespace weir::publish
