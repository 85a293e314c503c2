// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/addresstext.h"

#include "subscribe/settings.h"

#include <QUrl>

#include <algorithm>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

/// First of the characters in `marks` from `from` on that is not inside `{{…}}`; else the end.
qsizetype firstOf(const QString &text, const QString &marks, qsizetype from)
{
    bool isInside = false;
    for (auto i = from; i < text.size(); ++i) {
        if (QStringView(text).sliced(i).startsWith(u"{{"))
            isInside = true;
        else if (QStringView(text).sliced(i).startsWith(u"}}"))
            isInside = false;
        if (!isInside && marks.contains(text[i]))
            return i;
    }
    return text.size();
}

} // namespace

AddressText::AddressText(const QString &text)
    : m_text(text)
{
    findUserInfo();
    findQueryItems();
}

void AddressText::findUserInfo()
{
    const auto slashes = m_text.indexOf("//"_L1);
    const auto query = m_text.indexOf(u'?');
    const bool hasScheme = slashes >= 0 && (query < 0 || slashes < query);
    const auto begin = hasScheme ? slashes + 2 : 0;
    const auto end = firstOf(m_text, u"/?#"_s, begin);
    const auto at = end > begin ? m_text.lastIndexOf(u'@', end - 1) : -1;
    if (at < begin)
        return;
    const auto colon = std::min(firstOf(m_text, u":"_s, begin), at);
    // `https://TOKEN@host` and `https://TOKEN:@host`: then the name is the secret.
    if (colon + 1 >= at)
        m_parts.append({u"urlUser"_s, begin, colon});
    else
        m_parts.append({u"urlPassword"_s, colon + 1, at});
}

void AddressText::findQueryItems()
{
    const auto end = firstOf(m_text, u"#"_s, 0);
    auto begin = firstOf(m_text, u"?"_s, 0);
    QStringList seen;
    while (begin < end) {
        ++begin;
        const auto next = std::min(firstOf(m_text, u"&"_s, begin), end);
        const auto equals = std::min(firstOf(m_text, u"="_s, begin), next);
        const auto name = QUrl::fromPercentEncoding(m_text.mid(begin, equals - begin).toUtf8());
        if (equals < next && isSecretQueryItem(name)) {
            seen << name;
            const auto number = seen.count(name);
            m_parts.append({u"query:"_s + name + (number > 1 ? u"#%1"_s.arg(number) : QString()), equals + 1, next});
        }
        begin = next;
    }
}

const AddressText::Part *AddressText::find(const QString &place) const
{
    const auto found =
        std::find_if(m_parts.begin(), m_parts.end(), [&place](const Part &part) { return part.place == place; });
    return found == m_parts.end() ? nullptr : &*found;
}

QStringList AddressText::places() const
{
    QStringList places;
    for (const auto &part : m_parts)
        places << part.place;
    return places;
}

QString AddressText::at(const QString &place) const
{
    const auto *part = find(place);
    return part ? m_text.mid(part->begin, part->end - part->begin) : QString();
}

QString AddressText::with(const QString &place, const QString &value) const
{
    auto text = m_text;
    if (const auto *part = find(place))
        text.replace(part->begin, part->end - part->begin, value);
    return text;
}

} // namespace weir::profile
