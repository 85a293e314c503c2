// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/filter.h"

#include <QList>
#include <QRegularExpression>
#include <QString>

namespace weir::models {

/// How the text of a search is meant.
enum class SearchMode {
    Text,              ///< as it stands, anywhere in type, id or data
    RegularExpression, ///< PCRE2, over data
    Expression,        ///< the filter language
};

/// What a user looks for within a view. A value.
struct SearchQuery
{
    SearchMode mode = SearchMode::Text;
    QString text;

    bool isEmpty() const { return text.trimmed().isEmpty(); }
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

/// The same in the filter language. Like there, case counts once there is a capital letter.
std::string searchExpression(const SearchQuery &query);

/// Which cells' texts a part of a search can be seen in.
enum class SearchPlace { Type, Id, Data };

/// A stretch of a text, in characters.
struct TextRange
{
    qsizetype begin = 0;
    qsizetype length = 0;
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// The texts that a search looks for, to be pointed out where they can be seen. What an expression compares by number
/// or excludes cannot be seen and has none. A value; for the short texts of cells only.
class SearchHighlights
{
public:
    SearchHighlights() = default;
    explicit SearchHighlights(const SearchQuery &query);

    bool isEmpty() const { return m_needles.isEmpty(); }
    /// In rising order, without overlaps, at most 50.
    QList<TextRange> in(const QString &text, SearchPlace place) const;

private:
    struct Needle
    {
        QRegularExpression pattern;
        bool inType = true;
        bool inId = true;
        bool inData = true;

        bool isFor(SearchPlace place) const;
    };

    void addText(const QString &text);
    void addPattern(const QString &pattern, bool ignoresCase);
    void addTokens(const std::string &expression);

    QList<Needle> m_needles;
};

} // namespace weir::models
