// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/jsonplace.h"

#include <algorithm>

namespace weir::publish {

namespace {

/// Walks over a text that is known to be JSON; still never past its end.
class Walk
{
public:
    explicit Walk(const QByteArray &json)
        : m_json(json)
    {
        skipBlanks();
    }

    qsizetype at() const { return m_at; }

    /// From the object that begins here to the value of that member.
    bool enterMember(const QByteArray &key)
    {
        if (current() != '{')
            return false;
        for (advance(); current() == '"'; nextElement()) {
            const qsizetype begin = m_at + 1;
            skipString();
            const bool isIt = m_json.mid(begin, m_at - 1 - begin) == key;
            skipBlanks();
            advance(); // the colon
            if (isIt)
                return true;
            skipValue();
        }
        return false;
    }

    bool enterElement(qsizetype index)
    {
        if (current() != '[')
            return false;
        for (advance(); current() != ']' && current() != '\0'; nextElement(), --index) {
            if (index == 0)
                return true;
            skipValue();
        }
        return false;
    }

private:
    char current() const { return m_at < m_json.size() ? m_json[m_at] : '\0'; }
    void skipBlanks()
    {
        while (current() == ' ' || current() == '\t' || current() == '\n' || current() == '\r')
            ++m_at;
    }
    void advance()
    {
        ++m_at;
        skipBlanks();
    }
    void nextElement()
    {
        skipBlanks();
        if (current() == ',')
            advance();
    }
    void skipString()
    {
        for (++m_at; m_at < m_json.size() && current() != '"'; ++m_at) {
            if (current() == '\\')
                ++m_at;
        }
        ++m_at;
    }
    void skipValue()
    {
        int depth = 0;
        while (m_at < m_json.size()) {
            const char c = current();
            if (c == '"') {
                skipString();
            } else {
                depth += (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
                ++m_at;
            }
            const char next = current();
            if (depth <= 0 && (next == ',' || next == '}' || next == ']'))
                return;
        }
    }

    const QByteArray &m_json;
    qsizetype m_at = 0;
};

} // namespace

int lineOf(const QByteArray &json, const QStringList &path)
{
    Walk walk(json);
    qsizetype at = walk.at();
    for (const QString &part : path) {
        bool isIndex = false;
        const int index = part.toInt(&isIndex);
        if (!walk.enterMember(part.toUtf8()) && !(isIndex && walk.enterElement(index)))
            break;
        at = walk.at();
    }
    return static_cast<int>(std::count(json.begin(), json.begin() + std::min(at, json.size()), '\n')) + 1;
}

QString jsonPointer(const QStringList &path)
{
    QString pointer;
    for (QString part : path)
        pointer += u'/' + part.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
    return pointer;
}

} // namespace weir::publish
