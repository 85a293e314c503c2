// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/filtersuggestions.h"

#include "filter/completion.h"
#include "filter/syntax.h"
#include "models/eventformat.h"
#include "models/filterterms.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <set>

namespace weir::models {

using namespace Qt::StringLiterals;
using filter::Completion;

namespace {

struct FilterWords
{
    Q_DECLARE_TR_FUNCTIONS(FilterSuggestions)
};

QString fieldRemark(std::string_view name)
{
    const std::array<std::pair<std::string_view, QString>, 9> remarks{{
        {"type", FilterWords::tr("event type")},
        {"id", FilterWords::tr("last event ID")},
        {"source", FilterWords::tr("name of the subscription")},
        {"kind", FilterWords::tr("event, comment, connection …")},
        {"has", FilterWords::tr("whether there is an ID, a type, a value")},
        {"size", FilterWords::tr("bytes of the block")},
        {"gap", FilterWords::tr("time since the previous event")},
        {"time", FilterWords::tr("when it arrived")},
        {"attempt", FilterWords::tr("connection attempt")},
    }};
    const auto *found = std::ranges::find(remarks, name, &std::pair<std::string_view, QString>::first);
    return found == remarks.end() ? QString() : found->second;
}

QString comparisonRemark(std::string_view sign)
{
    if (sign == "~")
        return FilterWords::tr("contains a text, or matches /a pattern/");
    if (sign == "!=")
        return FilterWords::tr("differs; the value must be there");
    return {};
}

/// Collects what fits to the letters that were typed.
class Suggester
{
public:
    Suggester(const filter::CompletionPlace &place, const QString &typed)
        : m_place(place)
        , m_typed(typed.startsWith(u'"') ? typed.mid(1) : typed)
        , m_isAfterHas(!place.offers.empty() && place.offers.front() == Completion::Presence)
    {}

    void offer(Completion completion, const Seen &seen, const Sources &sources, store::WallTime now);
    std::vector<FilterSuggestion> take();

private:
    /// Words of the language are known by how they begin; what was seen also by what is in it.
    void addWord(const QString &text, const QString &insertion, const QString &remark = {});
    void add(const QString &text, const QString &insertion, const QString &remark = {});
    void addWords(std::span<const std::string_view> words, const QString &behind = {});
    void addFields();
    void addPaths(const Seen &seen);
    void addFieldValues(const Seen &seen, const Sources &sources);
    void addFieldValue(std::string_view value, const QString &remark);
    void addPathValues(const Seen &seen);
    void addTimes(store::WallTime now);

    const filter::CompletionPlace &m_place;
    QString m_typed;
    bool m_isAfterHas;
    std::vector<FilterSuggestion> m_beginning; ///< with what was typed
    std::vector<FilterSuggestion> m_containing;
};

void Suggester::offer(Completion completion, const Seen &seen, const Sources &sources, store::WallTime now)
{
    switch (completion) {
    case Completion::Field:
        return addFields();
    case Completion::Operator: {
        static constexpr std::string_view operators[] = {"and", "or", "not"};
        return addWords(operators, u" "_s);
    }
    case Completion::Path:
        return addPaths(seen);
    case Completion::Comparison: {
        const auto signs = filter::comparisons();
        const bool isPath = m_place.subject.empty() || m_place.subject.starts_with("data");
        for (const auto sign : signs.first(signs.size() - (isPath ? 0 : 1)))
            addWord(QString::fromUtf8(sign), QString::fromUtf8(sign) + u' ', comparisonRemark(sign));
        return;
    }
    case Completion::Kind:
        return addWords(filter::kindNames());
    case Completion::Presence:
        return addWords(filter::presenceNames());
    case Completion::FieldValue:
        return addFieldValues(seen, sources);
    case Completion::PathValue:
        return addPathValues(seen);
    case Completion::Unit:
        return addWords(filter::unitsOf(m_place.subject));
    case Completion::Time:
        return addTimes(now);
    }
}

void Suggester::add(const QString &text, const QString &insertion, const QString &remark)
{
    const auto at = m_typed.isEmpty() ? 0 : text.indexOf(m_typed, 0, Qt::CaseInsensitive);
    if (at >= 0)
        (at == 0 ? m_beginning : m_containing).push_back({text, insertion, remark});
}

void Suggester::addWord(const QString &text, const QString &insertion, const QString &remark)
{
    if (text.startsWith(m_typed, Qt::CaseInsensitive))
        m_beginning.push_back({text, insertion, remark});
}

void Suggester::addWords(std::span<const std::string_view> words, const QString &behind)
{
    for (const auto word : words)
        addWord(QString::fromUtf8(word), QString::fromUtf8(word) + behind);
}

void Suggester::addFields()
{
    for (const auto name : filter::fieldNames()) {
        const auto text = QString::fromUtf8(name);
        const bool isCompared = filter::isComparedField(name);
        addWord(isCompared ? text : text + u':', text + (isCompared ? u' ' : u':'), fieldRemark(name));
    }
}

void Suggester::addPaths(const Seen &seen)
{
    for (const auto &path : seen.paths) {
        const auto text = QString::fromUtf8(path.path.text());
        QStringList examples;
        for (const auto &example : path.examples)
            examples << oneLine(example, 40);
        // Behind has: the path is all; elsewhere a comparison follows.
        add(text, m_isAfterHas ? text : text + u' ',
            FilterWords::tr("%1 seen: %2", "how often a JSON value was seen, and examples")
                .arg(formatCount(path.count), examples.mid(0, 3).join(u", "_s)));
    }
}

void Suggester::addFieldValues(const Seen &seen, const Sources &sources)
{
    if (m_place.subject == "type") {
        for (const auto &type : seen.types)
            addFieldValue(type.name, FilterWords::tr("%1 events").arg(formatCount(type.count)));
    } else if (m_place.subject == "id") {
        for (const auto &id : seen.ids)
            addFieldValue(id, {});
    } else {
        std::set<QString> names;
        for (const auto &[id, source] : sources)
            names.insert(source.name);
        for (const auto &name : names)
            addFieldValue(name.toStdString(), {});
    }
}

void Suggester::addFieldValue(std::string_view value, const QString &remark)
{
    const auto term = fieldTerm(m_place.subject, value);
    if (!term.isEmpty())
        add(oneLine(value), term.mid(static_cast<qsizetype>(m_place.subject.size()) + 1), remark);
}

void Suggester::addPathValues(const Seen &seen)
{
    for (const auto &path : seen.paths) {
        if (path.path.text() != m_place.subject)
            continue;
        for (const auto &example : path.examples) {
            const auto text = QString::fromUtf8(example);
            const bool isQuoted = text.size() > 1 && text.startsWith(u'"');
            add(isQuoted ? text.mid(1, text.size() - 2) : text, text);
        }
    }
}

void Suggester::addTimes(store::WallTime now)
{
    const auto local =
        QDateTime::fromSecsSinceEpoch(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    const auto add = [this](const QString &text, const QString &remark) { Suggester::add(text, text, remark); };
    add(local.toString(u"HH:mm:ss"_s), FilterWords::tr("now, of any day"));
    add(local.addSecs(-60).toString(u"HH:mm:ss"_s), FilterWords::tr("a minute ago, of any day"));
    add(local.toString(u"yyyy-MM-ddTHH:mm:ss"_s), FilterWords::tr("now"));
    add(local.toString(u"yyyy-MM-dd"_s), FilterWords::tr("today"));
}

std::vector<FilterSuggestion> Suggester::take()
{
    std::ranges::move(m_containing, std::back_inserter(m_beginning));
    if (m_beginning.size() > mostSuggestions)
        m_beginning.resize(mostSuggestions);
    return std::move(m_beginning);
}

bool beginsNewTerm(const filter::CompletionPlace &place)
{
    return !place.offers.empty() && place.offers.front() == Completion::Field;
}

} // namespace

FilterSuggestions filterSuggestions(
    const QString &expression, qsizetype cursor, const Seen &seen, const Sources &sources, store::WallTime now)
{
    const QByteArray bytes = expression.toUtf8();
    const auto place = filter::completionsAt({bytes.data(), static_cast<std::size_t>(bytes.size())},
        static_cast<std::size_t>(expression.left(cursor).toUtf8().size()));
    const auto characters = [&bytes](std::size_t byte) {
        return QString::fromUtf8(bytes.left(static_cast<qsizetype>(byte))).size();
    };
    FilterSuggestions result{{}, characters(place.begin), characters(place.end), false};
    const auto typed = expression.mid(result.begin, cursor - result.begin);
    Suggester suggester(place, typed);
    for (const auto completion : place.offers)
        suggester.offer(completion, seen, sources, now);
    result.list = suggester.take();
    result.isObvious = !typed.isEmpty() || !beginsNewTerm(place);
    const auto there = expression.mid(result.begin, result.end - result.begin);
    if (result.list.size() == 1 && result.list.front().insertion.trimmed() == there)
        result.list.clear();
    return result;
}

} // namespace weir::models
